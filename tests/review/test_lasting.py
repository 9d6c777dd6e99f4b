"""What must outlive every apply."""

from __future__ import annotations

import pytest

from tests.review.plans import CREATE, DELETE, REPLACE, findings, resource, rules_broken, updated

LASTING = [
    "aws_ecs_service",
    "aws_ecs_cluster",
    "aws_lb",
    "aws_alb",
    "aws_lb_listener",
    "aws_lb_target_group",
    "aws_codedeploy_app",
    "aws_codedeploy_deployment_group",
    "aws_apigatewayv2_api",
    "aws_ecr_repository",
]


@pytest.mark.parametrize("kind", LASTING)
@pytest.mark.parametrize("actions", [DELETE, REPLACE, ["create", "delete"]])
def test_it_is_neither_destroyed_nor_replaced(kind: str, actions: list[str]) -> None:
    assert rules_broken(resource(f"{kind}.it", actions, {}, {})) == ["lasting"]


@pytest.mark.parametrize("kind", LASTING)
def test_it_may_be_made_and_changed(kind: str) -> None:
    assert rules_broken(resource(f"{kind}.it", CREATE, None, {})) == []
    assert rules_broken(updated(f"{kind}.it", {"tags": {}}, tags={"a": "b"})) == []


def test_what_forces_a_replacement_is_named() -> None:
    (finding,) = findings(
        resource("aws_lb_target_group.blue", REPLACE, {"port": 1}, {"port": 2}, replace_paths=[["port"]])
    )
    assert finding.what == "the target group is replaced, forced by port"


def test_a_stage_or_an_alarm_may_be_replaced() -> None:
    assert rules_broken(resource("aws_cloudwatch_metric_alarm.a", REPLACE, {}, {})) == []
