"""What probes change in a target's health."""

from __future__ import annotations

import pytest

from bluegreen.loopback.elbv2.health import (
    CHECKING,
    DRAINING,
    HEALTHY,
    NOT_IN_USE,
    PASSED,
    REGISTERED,
    Finding,
    Health,
    State,
    Thresholds,
    after,
    matches,
)

THRESHOLDS = Thresholds(healthy=3, unhealthy=2)
MISMATCH = Finding(reason="Target.ResponseCodeMismatch", description="Health checks failed with these codes: [500]")
TIMEOUT = Finding(reason="Target.Timeout", description="Request timed out")


def probed(health: Health, *findings: Finding) -> Health:
    for finding in findings:
        health = after(health, finding, THRESHOLDS)
    return health


def test_a_new_target_is_healthy_after_one_pass() -> None:
    assert probed(REGISTERED, PASSED) == HEALTHY


def test_a_new_target_that_fails_is_being_checked_until_the_threshold() -> None:
    health = probed(REGISTERED, MISMATCH)

    assert (health.state, health.reason) == (State.INITIAL, CHECKING.reason)
    assert probed(health, MISMATCH).state is State.UNHEALTHY


def test_a_new_target_may_fail_once_and_then_needs_one_pass() -> None:
    assert probed(REGISTERED, MISMATCH, PASSED) == HEALTHY


def test_an_unhealthy_target_says_what_the_last_probe_found() -> None:
    health = probed(HEALTHY, MISMATCH, TIMEOUT)

    assert (health.state, health.reason, health.description) == (
        State.UNHEALTHY,
        "Target.Timeout",
        "Request timed out",
    )
    assert probed(health, MISMATCH).reason == "Target.ResponseCodeMismatch"


def test_failures_count_only_in_a_row() -> None:
    assert probed(HEALTHY, MISMATCH, PASSED, MISMATCH).state is State.HEALTHY


def test_recovery_takes_the_healthy_threshold_in_a_row() -> None:
    unhealthy = probed(HEALTHY, MISMATCH, MISMATCH)

    assert probed(unhealthy, PASSED, PASSED).state is State.UNHEALTHY
    assert probed(unhealthy, PASSED, PASSED, MISMATCH, PASSED).state is State.UNHEALTHY
    assert probed(unhealthy, PASSED, PASSED, PASSED) == HEALTHY


@pytest.mark.parametrize("health", [DRAINING, NOT_IN_USE])
@pytest.mark.parametrize("finding", [PASSED, MISMATCH])
def test_a_probe_under_way_does_not_revive_what_is_draining_or_unused(health: Health, finding: Finding) -> None:
    assert probed(health, finding, finding) is health


@pytest.mark.parametrize(
    ("matcher", "status", "expected"),
    [
        ("200", 200, True),
        ("200", 201, False),
        ("200,202", 202, True),
        ("200-399", 302, True),
        ("200-299,404", 404, True),
        ("200-299", 300, False),
    ],
)
def test_a_matcher_has_codes_lists_and_ranges(matcher: str, status: int, expected: bool) -> None:
    assert matches(matcher, status) is expected
