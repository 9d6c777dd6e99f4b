"""A rollback is a second deployment, and it puts everything back first."""

from __future__ import annotations

from tests.loopback.simulation.faults import refused, throttled
from tests.loopback.simulation.simulated_account import TEST, Function

from .story import Story, rollback_on, waits

CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
FAILING = Function(status="Failed")


def test_it_creates_no_task_set_and_runs_no_hook(story: Story) -> None:
    story.account.functions["check"] = FAILING
    story.group(autoRollbackConfiguration=rollback_on("FAILURE"))
    story.deploy(hooks={"AfterAllowTraffic": "check"}).end()
    assert story.log == [
        "create v2 on green",
        "test: green 1",
        "production: green 100, blue 0",
        "primary green",
        "invoke check",
        "production: blue 1",
        "test: green 1",
        "primary blue",
        "delete green",
    ]


def test_the_listeners_are_back_before_the_last_status_shows(story: Story) -> None:
    story.account.functions["check"] = FAILING
    story.group(deploymentConfigName=CANARY, autoRollbackConfiguration=rollback_on("FAILURE"))
    story.deploy(hooks={"AfterAllowTraffic": "check"}).during("AfterAllowTraffic")
    story.account.faults["ModifyListener"] = [throttled("AmazonElasticLoadBalancing")] * 3
    story.until(lambda: story.events()["AfterAllowTraffic"] == "Failed")
    while story.account.weights() != {"blue": 100}:
        assert story.info()["status"] == "InProgress"
        assert story.info()["rollbackInfo"] is None
        story.tick()
    story.end()
    assert story.info()["status"] == "Failed"


def test_the_test_listener_goes_back_to_where_it_was(story: Story) -> None:
    story.account.listeners[TEST] = story.account.listeners["arn:production"]
    story.account.functions["check"] = FAILING
    story.group(autoRollbackConfiguration=rollback_on("FAILURE"))
    story.deploy(hooks={"BeforeAllowTraffic": "check"}).end()
    assert story.account.weights(TEST) == {"blue": 1}


def test_the_next_deployment_after_that_works(story: Story) -> None:
    story.group(deploymentConfigName=CANARY).deploy().during("AllowTraffic").stop().end().log.clear()
    story.deploy().end()
    assert story.log[:3] == ["production: blue 100, green 0", "delete green", "create v3 on green"]
    assert story.info()["status"] == "Succeeded"


def test_stop_asks_for_the_rollback_itself(story: Story) -> None:
    story.group(deploymentConfigName=CANARY).deploy().during("AllowTraffic").stop(autoRollbackEnabled=True).end()
    assert story.info()["status"] == "Stopped"
    assert story.info()["errorInformation"]["code"] == "MANUAL_STOP"
    assert story.rollback()["status"] == "Succeeded"
    assert story.account.weights() == {"blue": 100}


def test_stop_can_refuse_the_configured_rollback(story: Story) -> None:
    story.group(autoRollbackConfiguration=rollback_on("STOP_ON_REQUEST"))
    story.deploy().waiting().stop(autoRollbackEnabled=False).end()
    assert story.info()["rollbackInfo"] is None
    assert story.account.weights() == {"green": 100}


def test_a_stop_in_the_termination_wait_returns_to_the_old_task_set(story: Story) -> None:
    story.group(autoRollbackConfiguration=rollback_on("STOP_ON_REQUEST")).deploy().waiting().stop().end()
    assert story.info()["status"] == "Stopped"
    assert story.account.weights() in ({"blue": 100}, {"blue": 1})
    assert story.account.task_sets["arn:taskset/0"].status == "PRIMARY"


def test_the_event_in_progress_reads_failed_when_stopped(story: Story) -> None:
    story.group().deploy().during("Install").stop().end()
    assert story.events()["Install"] == "Failed"
    assert story.events()["AfterInstall"] == "Skipped"


def test_the_release_after_a_rollback_works(story: Story) -> None:
    story.account.functions["check"] = FAILING
    story.group(autoRollbackConfiguration=rollback_on("FAILURE"))
    story.deploy(hooks={"BeforeAllowTraffic": "check"}).end().seconds(120).deploy().end()
    assert story.info()["status"] == "Succeeded"
    assert story.account.weights() == {"green": 100}


def test_nothing_is_undone_once_the_old_task_set_is_given_up(story: Story) -> None:
    story.group(autoRollbackConfiguration=rollback_on("FAILURE")).deploy().waiting()
    story.account.faults["DeleteTaskSet"] = [refused("ServerException", "no")]
    story.end()
    assert story.info()["status"] == "Failed"
    assert story.info()["rollbackInfo"] is None
    assert story.account.weights() == {"green": 100}


def test_a_stop_in_the_last_moment_still_saves_the_old_task_set(story: Story) -> None:
    story.group(blueGreenDeploymentConfiguration=waits(termination=0)).deploy().during("AfterAllowTraffic")
    story.clock.advance(60)
    story.account.meanwhile["DescribeServices"] = lambda: story.stop(autoRollbackEnabled=True)
    story.end()
    assert story.info()["status"] == "Stopped"
    assert story.account.weights() == {"blue": 1}


def test_a_rollback_that_cannot_be_done_says_so(story: Story) -> None:
    story.account.functions["check"] = FAILING
    story.group(autoRollbackConfiguration=rollback_on("FAILURE"))
    story.deploy(hooks={"AfterAllowTraffic": "check"}).during("AfterAllowTraffic")
    story.act(lambda: story.account.delete_task_set("c", "s", "arn:taskset/0")).end()
    assert story.info()["status"] == "Failed"
    assert story.rollback()["status"] == "Failed"
    assert story.account.weights() == {"green": 100}
