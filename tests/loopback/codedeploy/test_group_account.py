"""Service, target groups and listeners of a deployment group have to belong together, when it is made and later."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bluegreen.loopback.codedeploy.exceptions import Refusal
from tests.loopback.simulation.simulated_account import ORIGINAL, PRODUCTION, TEST, forward

from .story import Story, pair

OTHER = "arn:other"


def refusal(story: Story, **changes: Any) -> tuple[str, str]:
    """Return the error and the words with which the group is refused; it is not kept."""
    with pytest.raises(Refusal) as refused:
        story.group(**changes)
    assert story.backend.ledger.application("a").groups == {}
    return refused.value.error_type, refused.value.message


def test_listeners_of_two_load_balancers_are_refused(story: Story) -> None:
    story.account.balancers[TEST] = OTHER
    found = refusal(story)
    assert found == ("InvalidLoadBalancerInfoException", "The listeners must belong to the same load balancer")


def test_a_pair_that_the_service_does_not_use_is_refused(story: Story) -> None:
    original = story.account.task_sets[ORIGINAL]
    story.account.task_sets[ORIGINAL] = replace(original, target_group=OTHER)
    found = refusal(story)
    assert found == ("InvalidTargetGroupPairException", "The ECS service does not use either of the target groups")


def test_a_target_group_that_is_not_there_is_refused(story: Story) -> None:
    found = refusal(story, loadBalancerInfo=pair(names=("blue", "nowhere")))
    assert found == ("InvalidTargetGroupPairException", "One or more target groups not found")


@pytest.mark.parametrize("listener", [PRODUCTION, TEST])
def test_a_listener_that_is_not_there_is_refused(story: Story, listener: str) -> None:
    del story.account.listeners[listener]
    assert refusal(story) == ("InvalidLoadBalancerInfoException", f"Listener '{listener}' not found")


def test_an_update_to_a_pair_that_does_not_belong_together_changes_nothing(story: Story) -> None:
    story.group()
    story.account.balancers[TEST] = OTHER
    with pytest.raises(Refusal, match="The listeners must belong to the same load balancer"):
        story.api(
            "update_deployment_group", applicationName="a", currentDeploymentGroupName="g", newDeploymentGroupName="h"
        )
    assert list(story.backend.ledger.application("a").groups) == ["g"]


def test_a_test_listener_that_is_on_another_load_balancer_by_then_fails_the_release(story: Story) -> None:
    story.group().account.balancers[TEST] = OTHER
    story.deploy().end()
    assert story.info()["status"] == "Failed"
    assert story.info()["errorInformation"] == {
        "code": "ELASTIC_LOAD_BALANCING_INVALID",
        "message": "The ELB could not be updated due to the following error: "
        f"The listener {TEST} belongs to another load balancer",
    }
    assert story.log == []


def test_a_test_listener_that_forwards_to_neither_group_fails_the_release(story: Story) -> None:
    story.group().account.listeners[TEST] = forward(OTHER)
    story.deploy().end()
    assert story.info()["errorInformation"] == {
        "code": "ELASTIC_LOAD_BALANCING_INVALID",
        "message": "The ELB could not be updated due to the following error: "
        f"Primary taskset target group must be behind listener {TEST}",
    }
    assert story.log == []
