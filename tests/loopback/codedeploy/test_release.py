"""A release, seen from the account and from the API."""

from __future__ import annotations

from bluegreen.loopback.codedeploy.call_failed import CallFailed
from tests.loopback.simulation.simulated_account import TEST, Function, forward

from .story import Story, waits


def test_all_at_once_in_the_order_of_aws(story: Story) -> None:
    story.group().deploy().end()
    assert story.log == [
        "create v2 on green",
        "test: green 1",
        "production: green 100, blue 0",
        "primary green",
        "delete blue",
    ]
    assert story.info()["status"] == "Succeeded"
    assert set(story.events().values()) == {"Succeeded"}


def test_events_have_times_only_once_they_ran(story: Story) -> None:
    story.group().deploy().during("Install")
    before, install, after = list(story.deployment.lifecycle)[:3]
    assert before.started is not None
    assert before.ended is not None
    assert before.ended >= before.started
    assert install.started is not None
    assert install.ended is None
    assert after.started is None


def test_the_old_task_set_lives_through_the_termination_wait(story: Story) -> None:
    story.group(blueGreenDeploymentConfiguration=waits(termination=60)).deploy().waiting()
    began = story.clock.now()
    assert [one.status for one in story.account.task_sets.values()] == ["ACTIVE", "PRIMARY"]
    assert story.info()["status"] == "InProgress"
    story.end()
    assert 3600 <= story.clock.now() - began <= 3605
    assert [one.status for one in story.account.task_sets.values()] == ["DRAINING", "PRIMARY"]


def test_the_test_listener_is_left_alone_until_its_event(story: Story) -> None:
    story.account.listeners[TEST] = forward("arn:blue")
    story.group().deploy().during("AfterInstall")
    assert story.account.weights(TEST) == {"blue": 1}
    story.during("AfterAllowTestTraffic")
    assert story.account.weights(TEST) == {"green": 1}


def test_the_next_deployment_knows_the_revision_before(story: Story) -> None:
    story.group().deploy().end()
    first = story.info()["revision"]
    story.deploy().end()
    assert story.info()["previousRevision"] == first


def test_continue_ends_the_termination_wait(story: Story) -> None:
    story.group(blueGreenDeploymentConfiguration=waits(termination=600)).deploy().waiting()
    began = story.clock.now()
    story.go_on("TERMINATION_WAIT").end()
    assert story.clock.now() - began <= 5
    assert story.info()["status"] == "Succeeded"


def test_the_replacement_has_the_original_ones_network(story: Story) -> None:
    story.group().deploy().end()
    (request,) = story.account.requests
    assert request["networkConfiguration"]["awsvpcConfiguration"]["subnets"] == ["subnet-a"]
    assert request["platformVersion"] == "1.4.0"
    assert request["externalId"] == story.id


def test_a_leftover_replacement_is_deleted_first(story: Story) -> None:
    story.account.functions["check"] = Function(status="Failed")
    story.group().deploy(hooks={"BeforeAllowTraffic": "check"}).end().log.clear()
    story.deploy().end()
    assert story.log[:2] == ["delete green", "create v3 on green"]
    assert story.info()["status"] == "Succeeded"


def test_an_answer_of_ecs_lost_on_the_way_makes_no_second_task_set(story: Story) -> None:
    story.account.faults["CreateTaskSet answer"] = [CallFailed("AmazonECS", "ReadTimeout", "", status=503)]
    story.group().deploy().end()
    assert len(story.account.requests) == 1
    assert story.info()["status"] == "Succeeded"
