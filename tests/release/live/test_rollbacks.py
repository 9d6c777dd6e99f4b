"""Going back on real parts: out of a release that runs, and after one that is over."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.release.live.moment import LIMIT, info, latest, live, status, until, until_termination_wait
from tests.release.live.released import Run, released
from tests.release.live.told import event, events, started

pytestmark = pytest.mark.slow

NAME = "rehearsal"


def start(run: Run, tag: str, *words: str, **environ: str) -> str:
    """Start a release without watching it and return its deployment's id."""
    ended = run("deploy", "--image-tag", tag, "--no-wait", "--json", *words, **environ)
    return started(ended)


def weights(account: Any) -> dict[str, int]:
    (listener,) = account.client("elbv2").describe_listeners(ListenerArns=[account.made["production"]])["Listeners"]
    groups = listener["DefaultActions"][0]["ForwardConfig"]["TargetGroups"]
    return {one["TargetGroupArn"].split("/")[1]: one["Weight"] for one in groups if one["Weight"]}


def test_a_finished_release_is_taken_back_in_one_command_that_the_hook_proves(
    run: Run, account: Any, fresh: str
) -> None:
    before, deployment_id = released(run, account, fresh)
    left = live(account)
    number = latest(account)
    ended = run("rollback", "--yes", "--json")
    assert ended.code == 0, ended.out + ended.err
    assert live(account) == before
    assert latest(account) == number
    plan = event(ended, "rollback")
    assert (plan["from"], plan["to"], plan["undoes"]) == (left, before, deployment_id)
    assert plan["configuration"] == "CodeDeployDefault.ECSAllAtOnce"
    assert event(ended, "verdict")["expected_revision"] == before
    assert event(ended, "outcome")["traffic"][0]["revision"] == before


CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
CANARY_WAIT = 10.0
"""Seconds: five minutes of the account's, which last two each."""


@pytest.fixture
def canary(account: Any) -> Iterator[None]:
    """Let the group shift traffic by a canary, for who does not ask for anything else."""
    codedeploy = account.client("codedeploy")
    found = codedeploy.get_deployment_group(applicationName=NAME, deploymentGroupName=NAME)["deploymentGroupInfo"]

    def configure(name: str) -> None:
        codedeploy.update_deployment_group(
            applicationName=NAME, currentDeploymentGroupName=NAME, deploymentConfigName=name
        )

    configure(CANARY)
    yield
    configure(found["deploymentConfigName"])


def shifted(account: Any, deployment_id: str) -> tuple[str, float]:
    """Return a deployment's configuration and how long it moved production traffic, in seconds, as CodeDeploy wrote."""
    codedeploy = account.client("codedeploy")
    ids = codedeploy.list_deployment_targets(deploymentId=deployment_id)["targetIds"]
    (found,) = codedeploy.batch_get_deployment_targets(deploymentId=deployment_id, targetIds=ids)["deploymentTargets"]
    (moved,) = [one for one in found["ecsTarget"]["lifecycleEvents"] if one["lifecycleEventName"] == "AllowTraffic"]
    return info(account, deployment_id)["deploymentConfigName"], (moved["endTime"] - moved["startTime"]).total_seconds()


def test_a_release_that_came_by_a_canary_is_taken_back_in_one_shift_without_its_wait(
    run: Run, account: Any, fresh: str, canary: None
) -> None:
    before, deployment_id = released(run, account, fresh)
    configuration, seconds = shifted(account, deployment_id)
    assert (configuration, seconds >= CANARY_WAIT) == (CANARY, True)
    ended = run("rollback", "--yes", "--json")
    assert ended.code == 0, ended.out + ended.err
    assert live(account) == before
    configuration, seconds = shifted(account, event(ended, "started")["deployment_id"])
    assert (configuration, seconds < CANARY_WAIT) == ("CodeDeployDefault.ECSAllAtOnce", True)


def test_a_second_rollback_goes_further_back_and_not_forth(run: Run, account: Any, fresh: str) -> None:
    first, _ = released(run, account, fresh)
    account.push(f"{fresh}-next", account.service, "Next")
    second, _ = released(run, account, f"{fresh}-next")
    assert run("rollback", "--yes").code == 0
    assert live(account) == second
    assert run("rollback", "--yes").code == 0
    assert live(account) == first


def test_without_a_terminal_and_without_yes_a_rollback_only_says_what_it_would_do(
    run: Run, account: Any, fresh: str
) -> None:
    before, _ = released(run, account, fresh)
    now = live(account)
    ended = run("rollback")
    assert ended.code == 2
    assert f"rollback: {now} -> {before}, with CodeDeployDefault.ECSAllAtOnce; the hook checks it first" in ended.out
    assert ended.err == "bluegreen: nothing was done: nobody can be asked here, and --yes was not given\n"
    assert live(account) == now


def test_a_rollback_passes_the_gate_that_it_was_confirmed_for(
    run: Run, account: Any, fresh: str, ready_wait: None
) -> None:
    before = live(account)
    deployment_id = start(run, fresh)
    until(account, deployment_id, "Ready")
    assert run("continue", deployment_id).code == 0
    until(account, deployment_id, "Succeeded")
    ended = run("rollback", "--yes", "--json")
    assert ended.code == 0, ended.out + ended.err
    assert live(account) == before
    assert event(ended, "continued")["wait"] == "READY_WAIT"


def test_the_alarm_that_the_bad_release_raised_does_not_stop_the_way_back(
    run: Run, account: Any, fresh: str, make_alarm_red: Callable[[], None]
) -> None:
    before, _ = released(run, account, fresh)
    make_alarm_red()
    ended = run("rollback", "--yes")
    assert ended.code == 0, ended.out + ended.err
    assert live(account) == before


def test_a_revision_that_was_deregistered_is_refused_by_name(run: Run, account: Any, fresh: str) -> None:
    gone, _ = released(run, account, fresh)
    account.client("ecs").deregister_task_definition(taskDefinition=gone)
    now = live(account)
    ended = run("rollback", "--yes")
    assert ended.code == 2
    assert ended.err.startswith(f"bluegreen: {gone} was deregistered (INACTIVE), ECS starts no more tasks of it; ")
    assert f"`bluegreen rollback --to REVISION --environment {NAME}`" in ended.err
    assert live(account) == now


def test_a_named_revision_is_gone_back_to_without_the_hook_when_that_is_asked_for(run: Run, account: Any) -> None:
    wanted = account.made["template"].rpartition(":")[2]
    ended = run("rollback", "--to", wanted, "--without-hook", "--yes", "--json")
    assert ended.code == 0, ended.out + ended.err
    assert live(account) == f"{NAME}:{wanted}"
    assert event(ended, "rollback")["hook"] is False
    assert [one for one in events(ended) if one["event"] == "verdict"] == []
    ended = run("rollback", "--to", wanted, "--yes")
    assert ended.err == f"bluegreen: {NAME}:{wanted} is live already: there is nothing to do\n"


def test_a_release_that_failed_leaves_nothing_to_take_back(run: Run, account: Any, fresh: str) -> None:
    released(run, account, fresh)
    now = live(account)
    failed = run("deploy", "--image-tag", "broken", "--json")
    assert failed.code == 1
    deployment_id = event(failed, "started")["deployment_id"]
    back = event(failed, "outcome")["rollback_deployment_id"]
    ended = run("rollback", "--yes")
    assert ended.code == 2
    assert f"{deployment_id} of {event(failed, 'started')['to']}, is Failed and was rolled back by {back}" in ended.err
    assert live(account) == now


@pytest.mark.parametrize("verb", ["rollback", "stop"])
def test_a_release_at_the_gate_is_stopped_and_rolled_back(
    run: Run, account: Any, fresh: str, ready_wait: None, verb: str
) -> None:
    before = live(account)
    deployment_id = start(run, fresh)
    until(account, deployment_id, "Ready")
    shown = run("status")
    assert f"deployment  {deployment_id} Ready: {before} -> " in shown.out
    assert "ready wait since " in shown.out
    assert f"`bluegreen continue {deployment_id} --environment {NAME}` goes on at once" in shown.out
    ended = run(verb, "--yes", "--json")
    assert ended.code == 0, ended.out + ended.err
    plan = event(ended, "stop")
    assert plan["effect"].startswith(f"production traffic stays at {before}; the tasks of ")
    outcome = event(ended, "outcome")
    assert (outcome["status"], outcome["exit_code"], outcome["rollback_status"]) == ("Stopped", 0, "Succeeded")
    assert [one["revision"] for one in outcome["traffic"]] == [before]
    assert live(account) == before


def test_a_release_in_the_termination_wait_is_taken_back_while_the_old_tasks_run(
    run: Run, account: Any, fresh: str, termination_wait: None
) -> None:
    before, traffic = live(account), weights(account)
    deployment_id = start(run, fresh)
    until_termination_wait(account, deployment_id)
    assert live(account) != before
    assert "termination wait since " in run("status").out
    ended = run("rollback", "--yes", "--wait-until", "shifted", "--json")
    assert ended.code == 0, ended.out + ended.err
    assert "it is watched until it is rolled back, which is when traffic is back" in event(ended, "note")["note"]
    assert event(ended, "outcome")["rollback_status"] == "Succeeded"
    assert event(ended, "stop")["effect"].startswith(f"production traffic goes back to {before}, whose tasks still run")
    assert status(account, deployment_id) == "Stopped"
    assert (live(account), weights(account)) == (before, traffic)


def test_a_stop_without_a_rollback_leaves_everything_as_it_is(
    run: Run, account: Any, fresh: str, ready_wait: None
) -> None:
    before = live(account)
    deployment_id = start(run, fresh)
    until(account, deployment_id, "Ready")
    ended = run("stop", deployment_id, "--no-rollback", "--yes", "--json")
    assert ended.code == 0, ended.out + ended.err
    assert event(ended, "stop")["effect"].startswith("everything stays as it is, the tasks of both revisions too")
    assert "rollbackDeploymentId" not in (info(account, deployment_id).get("rollbackInfo") or {})
    assert event(ended, "outcome")["rollback_deployment_id"] is None
    assert live(account) == before


def until_divided(account: Any) -> None:
    """Wait until a canary has its share of traffic."""
    deadline = time.monotonic() + LIMIT
    while len(weights(account)) < 2:
        assert time.monotonic() < deadline, weights(account)
        time.sleep(0.02)


def task_sets(account: Any) -> dict[str, str]:
    (service,) = account.client("ecs").describe_services(cluster=NAME, services=[NAME])["services"]
    return {one["taskDefinition"].rpartition("/")[2]: one["status"] for one in service["taskSets"]}


def test_a_release_that_was_stopped_halfway_and_left_so_is_taken_back(run: Run, account: Any, fresh: str) -> None:
    released(run, account, fresh)
    before = live(account)
    account.push(f"{fresh}-next", account.service, "Next")
    deployment_id = start(run, f"{fresh}-next", "--config", "CodeDeployDefault.ECSCanary10Percent15Minutes")
    until_divided(account)
    stopped = event(run("stop", "--no-rollback", "--yes", "--json"), "stop")
    assert f"`bluegreen rollback --environment {NAME}` gives all of it back to {before} later" in stopped["effect"]
    left = stopped["from"]
    assert task_sets(account) == {before: "PRIMARY", left: "ACTIVE"}
    (said,) = [one for one in events(run("verify", "--json")) if one.get("check") == "leftovers"]
    assert said["remedy"].startswith(f"`bluegreen rollback --environment {NAME}` gives all of it to the live tasks")

    asked = run("rollback")
    assert asked.code == 2
    assert (
        f"production traffic is divided, since {deployment_id} was not carried through: 90 % to {before}" in asked.out
    )
    assert f"-> 100 % to {before}, and the tasks of {left} that run are ended" in asked.out
    assert sorted(weights(account).values()) == [10, 90]

    ended = run("rollback", "--yes", "--json")
    assert ended.code == 0, ended.out + ended.err
    planned = event(ended, "rollback")
    assert (planned["from"], planned["to"], planned["undoes"]) == (before, before, deployment_id)
    assert [(one["revision"], one["percent"]) for one in planned["traffic"]] == [(before, 90), (left, 10)]
    verdict = event(ended, "verdict")
    assert verdict["expected_revision"] == before
    assert verdict["note"] == f"{before} is live already: its answers cannot be told from those of the replacement"
    assert [(one["revision"], one["percent"]) for one in event(ended, "outcome")["traffic"]] == [(before, 100)]
    assert (live(account), left in task_sets(account)) == (before, False)


def test_nothing_is_stopped_when_nothing_runs(run: Run, account: Any, fresh: str) -> None:
    _, deployment_id = released(run, account, fresh)
    ended = run("stop", "--yes")
    assert ended.code == 2
    assert f"no deployment of {NAME} runs: there is nothing to stop; `bluegreen rollback --environment" in ended.err
    ended = run("stop", deployment_id, "--yes")
    assert ended.err == f"bluegreen: {deployment_id} is over already: it is Succeeded\n"
