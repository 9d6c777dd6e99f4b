"""Which functions check a release of an imported service, and what is said where none does."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bluegreen.release.errors import ReleaseError
from bluegreen.release.import_hooks import Last, parse
from bluegreen.release.import_target import warnings
from bluegreen.release.snapshot import Snapshot
from bluegreen.release_target import ReleaseTarget

SUCCEEDED = Snapshot(deployment_id="d-1", status="Succeeded")


def test_hooks_of_the_command_line_are_event_and_function() -> None:
    assert parse(["AfterAllowTestTraffic=smoke", "BeforeAllowTraffic=arn:x=y"]) == {
        "AfterAllowTestTraffic": "smoke",
        "BeforeAllowTraffic": "arn:x=y",
    }


@pytest.mark.parametrize("given", ["smoke", "Install=smoke", "BeforeAllowTraffic=", "beforeallowtraffic=smoke"])
def test_what_is_none_is_refused_with_the_events_that_are(given: str) -> None:
    with pytest.raises(ReleaseError, match=f"found '{given}', allowed: EVENT=FUNCTION with one of BeforeInstall"):
        parse([given])


def said(target: ReleaseTarget, last: Last | None = None, *, legible: bool = True) -> list[str]:
    return list(warnings(target, last or Last(SUCCEEDED, {}), legible=legible))


def test_a_service_like_ours_needs_no_warning(target: ReleaseTarget) -> None:
    assert said(target) == []


@pytest.mark.parametrize(
    ("change", "start"),
    [
        ({"test_listener": ""}, "no test listener: nobody can reach the new version"),
        ({"hooks": ("AfterAllowTraffic",)}, "hooks only at AfterAllowTraffic: nothing is checked with test traffic"),
        ({"hook_verdicts": False}, "CodeDeployHook_sample logs no verdict"),
        ({"repository": ""}, "the image is not in this account's ECR: name it with --image"),
        ({"log_group": ""}, "rust-api does not log to CloudWatch"),
    ],
)
def test_each_part_that_is_missing_is_warned_of(target: ReleaseTarget, change: dict[str, Any], start: str) -> None:
    (line,) = said(replace(target, **change))
    assert line.startswith(start)


@pytest.mark.parametrize(
    ("last", "legible", "start"),
    [
        (Last(SUCCEEDED, {}), True, "no hook: the AppSpec of d-1 calls none (name one with --hook)"),
        (Last(None, {}), True, "no deployment of the group has gone well yet"),
        (Last(SUCCEEDED, {}, legible=False), False, "the last deployment's AppSpec cannot be read back"),
    ],
)
def test_why_no_hook_is_known_is_said(target: ReleaseTarget, last: Last, legible: bool, start: str) -> None:
    (line,) = said(replace(target, hooks=()), last, legible=legible)
    assert line.startswith(start)
