"""Our choices where AWS's behaviour is not known (codedeploy-ecs.md §13), as far as no other test pins them."""

from __future__ import annotations

import pytest

from tests.loopback.codedeploy.story import Story, waits


def test_13_04_a_missing_function_and_a_stop_are_told_in_our_words(story: Story) -> None:
    story.group().deploy(hooks={"BeforeInstall": "nobody"}).end()
    assert story.info()["errorInformation"] == {
        "code": "INVALID_LAMBDA_FUNCTION",
        "message": "The lifecycle event hook could not be invoked: Function not found: nobody",
    }
    story.deploy().during("Install").stop().end()
    assert story.info()["errorInformation"] == {
        "code": "MANUAL_STOP",
        "message": "The deployment was stopped by a user.",
    }


def test_13_07_no_deployment_is_ever_baking(story: Story) -> None:
    story.group(blueGreenDeploymentConfiguration=waits(ready=30)).deploy()
    seen = {story.info()["status"]}
    while not story.deployment.status.terminal:
        story.tick()
        seen.add(story.info()["status"])
        if story.info()["status"] == "Ready":
            story.go_on()
    assert seen == {"Created", "InProgress", "Ready", "Succeeded"}


def test_13_11_an_all_at_once_group_leaves_the_production_listener_as_it_is(story: Story) -> None:
    before = dict(story.account.listeners)
    story.group()
    assert story.log == []
    assert story.account.listeners == before


@pytest.mark.parametrize("length", [257, 512])
def test_13_12_a_description_may_have_512_characters(story: Story, length: int) -> None:
    story.group().deploy(description="x" * length)
    assert story.info()["description"] == "x" * length
