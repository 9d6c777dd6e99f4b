"""Updates of a service that the provider plans and ECS refuses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.review.plans import UPDATE, findings, resource, rules_broken, updated

SERVICE = "aws_ecs_service.service"
BEFORE: dict[str, Any] = {
    "deployment_controller": [{"type": "CODE_DEPLOY"}],
    "task_definition": "family:1",
    "load_balancer": [{"target_group_arn": "blue"}],
    "network_configuration": [{"subnets": ["s-1"]}],
    "platform_version": "LATEST",
    "force_new_deployment": None,
    "launch_type": "FARGATE",
    "capacity_provider_strategy": [],
    "desired_count": 1,
    "health_check_grace_period_seconds": 60,
    "tags": {},
}
REFUSED = {
    "task_definition": "family:2",
    "load_balancer": [{"target_group_arn": "green"}],
    "network_configuration": [{"subnets": ["s-1", "s-2"]}],
    "platform_version": "1.4.0",
    "force_new_deployment": True,
    "launch_type": "EC2",
    "capacity_provider_strategy": [{"capacity_provider": "FARGATE_SPOT"}],
}


@pytest.mark.parametrize("attribute", REFUSED)
def test_an_update_that_ecs_refuses_is_found_before_the_apply(attribute: str) -> None:
    (finding,) = findings(updated(SERVICE, BEFORE, **{attribute: REFUSED[attribute]}))
    assert (finding.rule, finding.what) == ("ecs-refuses", f"{attribute} of the service would be updated in place")


def test_a_value_that_is_not_known_yet_counts_as_changed() -> None:
    after = {**BEFORE, "task_definition": None}
    entry = resource(SERVICE, UPDATE, BEFORE, after, after_unknown={"task_definition": True})
    assert rules_broken(entry) == ["ecs-refuses"]


@pytest.mark.parametrize(("attribute", "travels"), [("task_definition", True), ("launch_type", False)])
def test_what_a_release_can_carry_is_left_to_it(attribute: str, travels: bool) -> None:
    (finding,) = findings(updated(SERVICE, BEFORE, **{attribute: REFUSED[attribute]}))
    assert ("ignore_changes" in finding.instead) is travels


@pytest.mark.parametrize(
    "after",
    [
        {"desired_count": 2},
        {"health_check_grace_period_seconds": 90},
        {"tags": {"a": "b"}},
        {"propagate_tags": "SERVICE"},
    ],
)
def test_an_update_that_ecs_takes_passes(after: dict[str, Any]) -> None:
    assert rules_broken(updated(SERVICE, BEFORE, **after)) == []


def test_a_service_with_ecs_own_rolling_update_passes() -> None:
    rolling = {**BEFORE, "deployment_controller": [{"type": "ECS"}]}
    assert rules_broken(updated(SERVICE, rolling, task_definition="family:2")) == []


def test_a_service_that_forces_a_deployment_takes_no_update_at_all() -> None:
    forcing = {**BEFORE, "force_new_deployment": True}
    (finding,) = findings(updated(SERVICE, forcing, desired_count=2))
    assert finding.what == "force_new_deployment of the service would be updated in place"
    assert rules_broken(updated(SERVICE, forcing, tags={"a": "b"})) == []
