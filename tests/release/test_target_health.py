"""What the load balancer says of a target, by itself and in ECS's events."""

from __future__ import annotations

from typing import Any

import botocore.session
import pytest

from bluegreen.release import target_health
from bluegreen.release.target_health import Target
from tests.release.conftest import SAMPLE

GROUP = "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/sample-green/50dc6c495c0c9188"
CODES = "Health checks failed with these codes: [502]"


def test_ecs_events_tell_it_when_the_target_is_gone() -> None:
    events = [
        f"(service x) (port 3000) is unhealthy in (target-group {GROUP}) due to (reason {CODES})",
        f"(service x) (instance i-1) (port 80) is unhealthy in target-group {GROUP} due to (reason Request timed out).",
        f"(service x) registered 1 targets in (target-group {GROUP})",
    ]
    found = target_health.of_events(events, "sample-green")
    assert found == (Target(port=3000, description=CODES), Target(port=80, description="Request timed out"))
    assert target_health.of_events(events, "sample-blue") == ()


@pytest.mark.parametrize(
    ("code", "description", "step"),
    [
        ("Target.ResponseCodeMismatch", CODES, "`path` and `matcher` under [health_check]"),
        ("", CODES, "`path` and `matcher` under [health_check]"),
        ("Target.Timeout", "Request timed out", "`timeout` under [health_check]"),
        ("", "Request timed out", "`timeout` under [health_check]"),
        ("Target.FailedHealthChecks", "Health checks failed", "listen on port 3001 of every interface"),
        ("", "Health checks failed", "container port is 3000"),
        ("Elb.InternalError", "", "release again"),
    ],
)
def test_each_reason_has_a_next_step(code: str, description: str, step: str) -> None:
    assert step in target_health.next_step(Target(port=3001, code=code, description=description), SAMPLE)


def test_every_reason_that_makes_a_target_unhealthy_is_known() -> None:
    model: Any = botocore.session.Session().get_service_model("elbv2")
    codes = set(model.shape_for("TargetHealthReasonEnum").enum)
    not_unhealthy = {
        "Elb.RegistrationInProgress",
        "Elb.InitialHealthChecking",
        "Target.NotRegistered",
        "Target.NotInUse",
        "Target.DeregistrationInProgress",
        "Target.HealthCheckDisabled",
    }
    assert codes - not_unhealthy == {*target_health.NEXT_STEPS, "Target.FailedHealthChecks"}


def test_a_reason_is_told_without_the_address_that_changes_with_every_task() -> None:
    target = Target(port=3000, address="10.0.0.7", code="Target.Timeout", description="Request timed out")
    assert target.words == "Request timed out (Target.Timeout) on port 3000"
