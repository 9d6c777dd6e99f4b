"""CodeDeploy's side: the group, its role, its alarms, and the deployment that keeps it busy."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bluegreen.release import snapshot
from bluegreen.release.alarm_reason import AlarmState
from bluegreen.release.doctor import (
    alarm_states,
    deployment_group,
    deployment_running,
    protection,
    role,
    service_role,
    task_roles,
)
from bluegreen.release.doctor.finding import Finding, Level
from bluegreen.release.doctor.protection import Guards
from bluegreen.release.doctor.role import Role
from bluegreen.release_target import ReleaseTarget

START = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
OPTIONS = "--environment sample"
APPLY = "`make deploy ENV=sample`"
CODE_DEPLOY = {"deploymentController": {"type": "CODE_DEPLOY"}}
ID = "d-1NNWZG91L"


def running(info: dict[str, Any], target: dict[str, Any]) -> Finding:
    now = START + timedelta(minutes=2)
    return deployment_running.judge(snapshot.parse(info, target), "sample-group", OPTIONS, now)


def test_a_free_group_is_sound() -> None:
    assert deployment_running.judge(None, "sample-group", OPTIONS, START).level is Level.OK


def test_somebody_elses_deployment_is_an_error_with_who_and_since_when(
    deployment_info: Callable[..., Any], ecs_target: Callable[..., Any]
) -> None:
    description = "[rust-blue-green:4 -> 5; by octocat; git 3f2a91c]"
    found = running(deployment_info(description=description), ecs_target(Install="InProgress"))
    assert found.level is Level.ERROR
    assert (
        f"sample-group already has an active deployment {ID} of rust-blue-green:4 -> rust-blue-green:5" in found.found
    )
    assert "started by octocat" in found.found
    assert "14:00:00" in found.found
    assert found.remedy.startswith(f"`bluegreen watch {ID} {OPTIONS}` follows it")
    assert "continue" not in found.remedy


@pytest.mark.parametrize("wait", [{"status": "Ready"}, {"instanceTerminationWaitTimeStarted": True}])
def test_a_deployment_in_a_wait_offers_to_end_it(
    deployment_info: Callable[..., Any], ecs_target: Callable[..., Any], wait: dict[str, Any]
) -> None:
    found = running(deployment_info(**wait), ecs_target())
    assert found.level is Level.ERROR
    assert f"`bluegreen continue {ID} {OPTIONS}` ends its wait" in found.remedy


def group(target: ReleaseTarget, **more: Any) -> dict[str, Any]:
    pair = {
        "targetGroups": [{"name": name} for name in target.target_groups],
        "prodTrafficRoute": {"listenerArns": [target.production_listener]},
        "testTrafficRoute": {"listenerArns": [target.test_listener]},
    }
    services = [{"clusterName": target.cluster, "serviceName": target.service}]
    return {"ecsServices": services, "loadBalancerInfo": {"targetGroupPairInfoList": [{**pair, **more}]}}


def test_a_group_that_releases_the_service_is_sound(target: ReleaseTarget) -> None:
    assert deployment_group.judge(group(target), CODE_DEPLOY, target, APPLY).level is Level.OK


def test_no_group_a_wrong_controller_and_another_service_are_errors(target: ReleaseTarget) -> None:
    absent = deployment_group.judge({}, CODE_DEPLOY, target, APPLY)
    assert absent == Finding(
        Level.ERROR, "there is no deployment group sample-application/sample-group", f"{APPLY} makes it"
    )
    rolling = deployment_group.judge(group(target), {"deploymentController": {"type": "ECS"}}, target, APPLY)
    assert rolling.level is Level.ERROR
    assert rolling.found == "the deployment controller of sample-service is ECS, not CODE_DEPLOY"
    other = group(target) | {"ecsServices": [{"clusterName": "c", "serviceName": "s"}]}
    assert deployment_group.judge(other, CODE_DEPLOY, target, APPLY).found.endswith(
        "releases c/s, not sample-cluster/sample-service"
    )


def test_a_release_target_that_names_other_listeners_is_a_warning(target: ReleaseTarget) -> None:
    found = deployment_group.judge(
        group(target, testTrafficRoute={"listenerArns": ["another"]}), CODE_DEPLOY, target, APPLY
    )
    assert (found.level, found.found.rpartition(": ")[2]) == (Level.WARNING, "test")


def alarm(name: str, state: str) -> AlarmState:
    return AlarmState(name=name, state=state, metric="Sum of 5xx", condition="at least 5", value=17.0)


def test_alarms_that_are_not_red_are_sound() -> None:
    names = ("errors", "latency")
    quiet = (alarm("errors", "OK"), alarm("latency", "INSUFFICIENT_DATA"))
    assert alarm_states.judge(names, quiet).level is Level.OK
    assert alarm_states.judge((), ()).level is Level.OK


def test_a_red_alarm_is_an_error_with_its_value() -> None:
    found = alarm_states.judge(("errors", "latency"), (alarm("errors", "ALARM"), alarm("latency", "OK")))
    assert found.level is Level.ERROR
    assert found.found.startswith("errors: Sum of 5xx was 17, red when at least 5")
    assert "latency" not in found.found
    assert "set-alarm-state --alarm-name errors " in found.remedy


def test_an_alarm_that_is_not_there_is_a_warning() -> None:
    found = alarm_states.judge(("errors", "latency"), (alarm("errors", "OK"),))
    assert (found.level, found.found) == (
        Level.WARNING,
        "the deployment group heeds alarms that are not there: latency",
    )


def trust(*services: str, effect: str = "Allow") -> dict[str, Any]:
    return {"Statement": {"Effect": effect, "Principal": {"Service": list(services)}, "Action": "sts:AssumeRole"}}


def test_a_trust_policy_names_the_services_that_it_allows() -> None:
    assert role.trusted(trust("codedeploy.amazonaws.com")) == {"codedeploy.amazonaws.com"}
    assert role.trusted(trust("codedeploy.amazonaws.com", effect="Deny")) == frozenset()
    assert role.trusted({"Statement": [{"Effect": "Allow", "Principal": "*"}]}) == frozenset()


@pytest.mark.parametrize(
    ("found", "level", "words"),
    [
        (Role("r", frozenset({"codedeploy.amazonaws.com"})), Level.OK, "r trusts CodeDeploy"),
        (Role("r", frozenset({"codedeploy.us-east-1.amazonaws.com"})), Level.OK, "r trusts CodeDeploy"),
        (Role("r", frozenset({"ec2.amazonaws.com"})), Level.ERROR, "trusts ec2.amazonaws.com, not CodeDeploy"),
        (Role("r", is_there=False), Level.ERROR, "the service role r is gone"),
    ],
)
def test_the_service_role_has_to_be_there_and_trust_codedeploy(found: Role, level: Level, words: str) -> None:
    said = service_role.judge(found)
    assert said.level is level
    assert words in said.found


def test_the_tasks_roles_have_to_be_there_and_trust_ecs() -> None:
    sound = Role("execution", frozenset({"ecs-tasks.amazonaws.com"}))
    assert task_roles.judge({}).level is Level.OK
    assert "may pass them (iam:PassRole) is not known" in task_roles.judge({"execution role": sound}).found
    gone = task_roles.judge({"execution role": sound, "task role": Role("task", is_there=False)})
    assert (gone.level, gone.found) == (Level.ERROR, "the task role task is gone: no task can start")
    foreign = task_roles.judge({"task role": Role("task", frozenset({"ec2.amazonaws.com"}))})
    assert (foreign.level, foreign.found) == (
        Level.ERROR,
        "the task role task trusts ec2.amazonaws.com, not ecs-tasks.amazonaws.com",
    )


def guarded(*, is_all_at_once: bool, hooks: tuple[str, ...] = (), test: bool = False, alarms: bool = False) -> Finding:
    return protection.judge(
        Guards(
            configuration="CodeDeployDefault.ECSAllAtOnce",
            is_all_at_once=is_all_at_once,
            hooks=hooks,
            has_test_listener=test,
            has_alarms=alarms,
        )
    )


def test_all_at_once_with_neither_hook_nor_test_listener_is_a_warning() -> None:
    found = guarded(is_all_at_once=True)
    assert found.level is Level.WARNING
    assert found.found.endswith("a version that fails them is reported Succeeded")
    assert "only alarms can stop it" in guarded(is_all_at_once=True, alarms=True).found


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (guarded(is_all_at_once=True, hooks=("BeforeAllowTraffic",)), "the hook at BeforeAllowTraffic"),
        (guarded(is_all_at_once=True, test=True), "health checks through the test listener"),
        (guarded(is_all_at_once=False), "health checks before the first shift"),
    ],
)
def test_what_protects_is_named(found: Finding, words: str) -> None:
    assert found.level is Level.OK
    assert words in found.found
