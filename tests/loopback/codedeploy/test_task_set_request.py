"""What an AppSpec says of network, platform and capacity reaches the replacement task set; the rest is inherited."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.loopback.simulation.simulated_account import ORIGINAL

from .live_stage import CLUSTER, SERVICE, LiveStage
from .story import Story, appspec, inline

NETWORK = {"Subnets": ["subnet-b", "subnet-c"], "SecurityGroups": ["sg-b"], "AssignPublicIp": "ENABLED"}
SPOT_FIRST = [
    {"CapacityProvider": "FARGATE_SPOT", "Base": 1, "Weight": 3},
    {"CapacityProvider": "FARGATE", "Weight": 1},
]
SPOT_FIRST_OF_ECS = [
    {"capacityProvider": "FARGATE_SPOT", "base": 1, "weight": 3},
    {"capacityProvider": "FARGATE", "weight": 1},
]


def appspec_with(version: str = "v2", **properties: Any) -> str:
    """Return an AppSpec with more properties of its service."""
    document = json.loads(appspec(version))
    document["Resources"][0]["TargetService"]["Properties"].update(properties)
    return json.dumps(document)


def requested(story: Story, **properties: Any) -> dict[str, Any]:
    """Release with these properties; return the CreateTaskSet."""
    story.group().deploy(revision=inline(appspec_with(**properties))).end()
    assert story.info()["status"] == "Succeeded"
    (request,) = story.account.requests
    return dict(request)


def test_the_network_of_the_appspec_replaces_the_original_ones(story: Story) -> None:
    request = requested(story, NetworkConfiguration={"AwsvpcConfiguration": NETWORK})
    assert request["networkConfiguration"]["awsvpcConfiguration"] == {
        "subnets": ["subnet-b", "subnet-c"],
        "securityGroups": ["sg-b"],
        "assignPublicIp": "ENABLED",
    }
    assert (request["platformVersion"], request["launchType"]) == ("1.4.0", "FARGATE")


def test_the_platform_version_of_the_appspec_replaces_the_original_ones(story: Story) -> None:
    request = requested(story, PlatformVersion="1.3.0")
    assert request["platformVersion"] == "1.3.0"
    assert request["networkConfiguration"]["awsvpcConfiguration"]["subnets"] == ["subnet-a"]


def test_capacity_providers_of_the_appspec_stand_in_place_of_the_launch_type(story: Story) -> None:
    request = requested(story, CapacityProviderStrategy=SPOT_FIRST)
    assert request["capacityProviderStrategy"] == SPOT_FIRST_OF_ECS
    assert "launchType" not in request


def test_capacity_providers_of_the_original_are_inherited(story: Story) -> None:
    strategy = {"capacityProvider": "FARGATE_SPOT", "weight": 1}
    original = story.account.task_sets[ORIGINAL]
    story.account.task_sets[ORIGINAL] = replace(original, launch_type=None, capacity_providers=(strategy,))
    request = requested(story)
    assert request["capacityProviderStrategy"] == [strategy]
    assert "launchType" not in request


def test_a_task_set_of_ecs_is_as_the_appspec_has_it(live: LiveStage, eventually: Callable[..., None]) -> None:
    live.start()
    network = {**NETWORK, "Subnets": live.network["subnets"][:1]}
    spec = appspec_with(
        live.version("2"),
        NetworkConfiguration={"AwsvpcConfiguration": network},
        PlatformVersion="1.3.0",
        CapacityProviderStrategy=SPOT_FIRST,
    )
    release = live.deploy(spec)

    def replacements() -> list[dict[str, Any]]:
        sets = live.ecs.describe_services(cluster=CLUSTER, services=[SERVICE])["services"][0]["taskSets"]
        return [one for one in sets if one.get("externalId") == release]

    eventually(replacements)
    (replacement,) = replacements()
    assert replacement["networkConfiguration"]["awsvpcConfiguration"] == {
        "subnets": live.network["subnets"][:1],
        "securityGroups": ["sg-b"],
        "assignPublicIp": "ENABLED",
    }
    assert replacement["platformVersion"] == "1.3.0"
    assert replacement["capacityProviderStrategy"] == SPOT_FIRST_OF_ECS
