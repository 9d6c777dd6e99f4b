"""The numbered behaviours whose matter is in real parts: processes, a proxy, health checks (codedeploy-ecs.md §12)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.codedeploy.live_stage import CLUSTER, SERVICE, LiveStage
from tests.loopback.codedeploy.story import appspec, rollback_on, waits
from tests.loopback.program import Program

Eventually = Callable[..., None]
CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
AT_ONCE = {"blueGreenDeploymentConfiguration": waits(termination=0)}
HOUR = 60.0  # real seconds in which an hour of `hasty` is surely over; it takes fifteen
ONLY_CODEDEPLOY = (
    "on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment."
)


def release(live: LiveStage, eventually: Eventually, specification: str, seconds: float = 30.0) -> dict[str, Any]:
    """Deploy and wait for the end; return the deployment."""
    made = live.deploy(specification)
    eventually(lambda: live.info(made)["status"] in ("Succeeded", "Failed", "Stopped"), seconds)
    return live.info(made)


def shares(live: LiveStage, actions: list[dict[str, Any]]) -> dict[str, int]:
    """Return the weights of a forward action by name of the target group, in the order of the action."""
    names = {arn: name for name, arn in live.target_groups.items()}
    return {names[one["TargetGroupArn"]]: one["Weight"] for one in actions[0]["ForwardConfig"]["TargetGroups"]}


def default_actions(live: LiveStage, port: int) -> list[dict[str, Any]]:
    found = live.elb.describe_listeners(ListenerArns=[live.listeners[port]])
    return found["Listeners"][0]["DefaultActions"]


def forward(arn: str) -> list[dict[str, Any]]:
    return [{"Type": "forward", "TargetGroupArn": arn}]


def roles(live: LiveStage, deployment_id: str) -> dict[str, str]:
    """Return the labels of the deployment's task sets by name of their target group."""
    target = live.codedeploy.get_deployment_target(deploymentId=deployment_id, targetId=f"{CLUSTER}:{SERVICE}")
    sets = target["deploymentTarget"]["ecsTarget"]["taskSetsInfo"]
    return {one["targetGroup"]["name"]: one["taskSetLabel"] for one in sets}


def test_12_05_roles_swap_on_the_second_deployment_and_a_label_is_no_name(
    live: LiveStage, eventually: Eventually
) -> None:
    live.start(**AT_ONCE)
    first = release(live, eventually, appspec(live.version("2")))["deploymentId"]
    assert roles(live, first) == {"blue": "Blue", "green": "Green"}
    assert shares(live, default_actions(live, 8000)) == {"green": 100, "blue": 0}
    second = release(live, eventually, appspec(live.version("3")))["deploymentId"]
    assert roles(live, second) == {"green": "Blue", "blue": "Green"}
    assert shares(live, default_actions(live, 8000)) == {"blue": 100, "green": 0}
    assert live.answer(8000) == "3"


def test_12_06_production_has_both_groups_at_100_and_0_after_success(live: LiveStage, eventually: Eventually) -> None:
    live.start(**AT_ONCE)
    assert release(live, eventually, appspec(live.version("2")))["status"] == "Succeeded"
    (production,), (test,) = default_actions(live, 8000), default_actions(live, 8080)
    assert shares(live, [production]) == {"green": 100, "blue": 0}
    assert production["ForwardConfig"]["TargetGroupStickinessConfig"] == {"Enabled": False}
    assert "TargetGroupArn" not in production
    assert test["TargetGroupArn"] == live.target_groups["green"]


@pytest.fixture
def hasty(tmp_path: Path) -> Iterator[LiveStage]:
    """A loopback in which an hour takes fifteen seconds, and targets count as unhealthy after ten AWS minutes."""
    program = Program(tmp_path / "loopback", minute="250ms")
    live = LiveStage(program.endpoint, "us-east-1", tmp_path)
    for arn in live.target_groups.values():
        live.elb.modify_target_group(TargetGroupArn=arn, HealthCheckPath="/index.html", HealthCheckIntervalSeconds=300)
    yield live
    program.end()


def broken(live: LiveStage, folder: Path, name: str) -> str:
    """Return a version that answers, but not on its health check path."""
    version = live.version(name)
    (folder / name / "index.html").unlink()
    return version


def test_12_14_all_at_once_succeeds_with_a_failing_health_check_and_a_canary_is_stuck_in_install(
    hasty: LiveStage, tmp_path: Path, eventually: Eventually
) -> None:
    hasty.start(blueGreenDeploymentConfiguration=waits(termination=60))
    eventually(lambda: hasty.answer(8000) == "1")
    first = hasty.deploy(appspec(broken(hasty, tmp_path, "2")))
    eventually(lambda: hasty.info(first).get("instanceTerminationWaitTimeStarted"))
    assert set(hasty.events(first).values()) == {"Succeeded"}
    assert hasty.answer(8000) != "1"  # it is served although no target is healthy, or it is a 502 or 503
    hasty.codedeploy.stop_deployment(deploymentId=first, autoRollbackEnabled=True)
    eventually(lambda: hasty.info(first)["status"] == "Stopped")

    hasty.codedeploy.update_deployment_group(
        applicationName="a", currentDeploymentGroupName="g", deploymentConfigName=CANARY
    )
    second = release(hasty, eventually, appspec(broken(hasty, tmp_path, "3")), seconds=HOUR)
    assert second["status"] == "Failed"
    assert second["errorInformation"] == {
        "code": "TIMEOUT",
        "message": "The deployment timed out while waiting for the replacement task set to become healthy. "
        "This time out period is 60 minutes.",
    }
    assert hasty.events(second["deploymentId"])["Install"] == "Failed"
    assert hasty.answer(8000) == "1"


def test_12_15_rules_that_forward_to_the_live_group_move_too(live: LiveStage, eventually: Eventually) -> None:
    live.start(**AT_ONCE)
    groups = {"/moves": live.target_groups["blue"], "/stays": _elsewhere(live)}
    rules = {path: _rule(live, path, arn, priority) for priority, (path, arn) in enumerate(groups.items(), 1)}
    assert release(live, eventually, appspec(live.version("2")))["status"] == "Succeeded"
    found = {one["RuleArn"]: one["Actions"] for one in live.elb.describe_rules(RuleArns=list(rules.values()))["Rules"]}
    assert shares(live, found[rules["/moves"]]) == {"green": 100, "blue": 0}
    assert found[rules["/stays"]][0]["TargetGroupArn"] == groups["/stays"]


def _elsewhere(live: LiveStage) -> str:
    made = live.elb.create_target_group(
        Name="elsewhere", Protocol="HTTP", Port=80, VpcId=live.network["vpc"], TargetType="ip"
    )
    return made["TargetGroups"][0]["TargetGroupArn"]


def _rule(live: LiveStage, path: str, arn: str, priority: int) -> str:
    condition = {"Field": "path-pattern", "PathPatternConfig": {"Values": [path]}}
    made = live.elb.create_rule(
        ListenerArn=live.listeners[8000], Priority=priority, Conditions=[condition], Actions=forward(arn)
    )
    return made["Rules"][0]["RuleArn"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"taskDefinition": "f:1"}, "Unable to update task definition"),
        ({"platformVersion": "1.4.0"}, "Unable to update network parameters"),
        ({"forceNewDeployment": True}, "Cannot force a new deployment"),
    ],
)
def test_12_16_update_service_refuses_what_a_release_changes(
    own_service: LiveStage, change: dict[str, Any], words: str
) -> None:
    ecs = own_service.ecs
    with pytest.raises(ecs.exceptions.InvalidParameterException) as refusal:
        ecs.update_service(cluster=CLUSTER, service=SERVICE, **change)
    assert refusal.value.response["Error"]["Message"] == f"{words} {ONLY_CODEDEPLOY}"


@pytest.fixture(scope="module")
def own_service(program: Program, tmp_path_factory: pytest.TempPathFactory) -> LiveStage:
    live = LiveStage(program.endpoint, "ap-south-1", tmp_path_factory.mktemp("service"))
    live.start(tasks=0)
    return live


def test_12_18_a_listener_reset_to_the_stale_group_fails_the_next_deployment(
    live: LiveStage, eventually: Eventually
) -> None:
    live.start(**AT_ONCE)
    release(live, eventually, appspec(live.version("2")))
    listener = live.listeners[8000]
    live.elb.modify_listener(ListenerArn=listener, DefaultActions=forward(live.target_groups["blue"]))
    assert live.answer(8000) == "503"
    after = release(live, eventually, appspec(live.version("3")))
    assert after["status"] == "Failed"
    assert after["errorInformation"]["code"] == "ELASTIC_LOAD_BALANCING_INVALID"
    assert after["errorInformation"]["message"] == (
        "The ELB could not be updated due to the following error: Primary taskset target group must be behind "
        f"listener {listener}"
    )
    (service,) = live.ecs.describe_services(cluster=CLUSTER, services=[SERVICE])["services"]
    assert after["deploymentId"] not in [one.get("externalId") for one in service["taskSets"]]


def test_12_21_a_wrong_container_port_is_an_ecs_update_error(live: LiveStage, eventually: Eventually) -> None:
    live.start(autoRollbackConfiguration=rollback_on("FAILURE"))
    info = release(live, eventually, appspec(live.version("2"), port=443))
    assert info["status"] == "Failed"
    assert info["errorInformation"]["code"] == "ECS_UPDATE_ERROR"
    assert re.fullmatch(
        r"The ECS service cannot be updated due to an unexpected error: The container app did not have a container "
        r"port 443 defined\. \(Service: AmazonECS; Status Code: 400; Error Code: InvalidParameterException; "
        r"Request ID: [0-9a-zA-Z-]{36,}; Proxy: null\)\. Check your ECS service status\.",
        info["errorInformation"]["message"],
    )


def test_12_22_a_test_listener_on_green_serves_it_before_its_event(live: LiveStage, eventually: Eventually) -> None:
    live.start(**AT_ONCE)
    test_listener, green = live.listeners[8080], live.target_groups["green"]
    live.elb.modify_listener(ListenerArn=test_listener, DefaultActions=forward(green))
    assert live.answer(8080) == "503"
    made = live.deploy(appspec(live.version("2"), {"AfterInstall": live.function("Succeeded")}))
    eventually(lambda: live.answer(8080) == "2")
    eventually(lambda: live.events(made)["AfterInstall"] == "InProgress")
    assert live.events(made)["AllowTestTraffic"] == "Pending"
    assert (live.answer(8000), live.answer(8080)) == ("1", "2")
    live.gate.touch()
    eventually(lambda: live.info(made)["status"] == "Succeeded")
