"""Deployment configurations."""

from __future__ import annotations

from typing import Any

import pytest

from bluegreen.loopback.codedeploy.exceptions import Refusal

from .story import Story

CANARY = {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": 25, "canaryInterval": 45}}


def _linear(percentage: int, minutes: int) -> dict[str, Any]:
    return {
        "type": "TimeBasedLinear",
        "timeBasedLinear": {"linearPercentage": percentage, "linearInterval": minutes},
    }


def test_aws_has_seventeen_of_its_own(story: Story) -> None:
    names = story.api("list_deployment_configs")["deploymentConfigsList"]
    assert len(names) == 17
    assert "CodeDeployDefault.ECSLinear10PercentEvery1Minutes" in names
    assert "CodeDeployDefault.LambdaLinear10PercentEvery1Minute" in names


def test_the_routing_of_a_predefined_one(story: Story) -> None:
    assert _get(story, "CodeDeployDefault.ECSAllAtOnce")["trafficRoutingConfig"] == {"type": "AllAtOnce"}
    assert _get(story, "CodeDeployDefault.ECSLinear10PercentEvery3Minutes")["trafficRoutingConfig"] == {
        "type": "TimeBasedLinear",
        "timeBasedLinear": {"linearPercentage": 10, "linearInterval": 3},
    }


def test_one_of_our_own(story: Story) -> None:
    _create(story, trafficRoutingConfig=CANARY)
    assert _get(story, "Canary25")["trafficRoutingConfig"] == CANARY
    story.group(deploymentConfigName="Canary25").deploy().during("AllowTraffic")
    assert story.account.weights() == {"blue": 75, "green": 25}
    with pytest.raises(Refusal) as refusal:
        story.api("delete_deployment_config", deploymentConfigName="Canary25")
    assert refusal.value.error_type == "DeploymentConfigInUseException"


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"deploymentConfigName": "CodeDeployDefault.Mine"}, "InvalidDeploymentConfigName"),
        ({"deploymentConfigName": None}, "DeploymentConfigNameRequired"),
        ({"minimumHealthyHosts": {"type": "HOST_COUNT", "value": 1}}, "InvalidMinimumHealthyHostValue"),
        ({"computePlatform": "Toaster"}, "InvalidComputePlatform"),
        ({"trafficRoutingConfig": {**CANARY, "type": "TimeBasedLinear"}}, "InvalidTrafficRoutingConfiguration"),
        ({"trafficRoutingConfig": {**CANARY, "type": "AllAtOnce"}}, "InvalidTrafficRoutingConfiguration"),
        ({"trafficRoutingConfig": _linear(100, 1)}, "InvalidTrafficRoutingConfiguration"),
        ({"trafficRoutingConfig": _linear(1, 30)}, "InvalidTrafficRoutingConfiguration"),
        ({"trafficRoutingConfig": _linear(10, 0)}, "InvalidTrafficRoutingConfiguration"),
    ],
)
def test_a_wrong_one_is_refused(story: Story, changes: dict[str, Any], error: str) -> None:
    with pytest.raises(Refusal) as refusal:
        _create(story, **changes)
    assert refusal.value.error_type == f"{error}Exception"


def test_a_predefined_one_stays(story: Story) -> None:
    with pytest.raises(Refusal) as refusal:
        story.api("delete_deployment_config", deploymentConfigName="CodeDeployDefault.ECSAllAtOnce")
    assert refusal.value.error_type == "InvalidOperationException"


def _create(story: Story, **changes: Any) -> None:
    request = {"deploymentConfigName": "Canary25", "computePlatform": "ECS", "trafficRoutingConfig": CANARY}
    story.api("create_deployment_config", **{**request, **changes})


def _get(story: Story, name: str) -> dict[str, Any]:
    return story.api("get_deployment_config", deploymentConfigName=name)["deploymentConfigInfo"]
