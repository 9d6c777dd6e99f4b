"""Services and task sets as CodeDeploy and Terraform see them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

from .conftest import Stage, ask, make_target_group

ONLY_CODE_DEPLOY = (
    "on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment."
)


def refusal(call: Callable[..., Any], **request: Any) -> tuple[str, str]:
    """Return code and message of the error that the call must end in."""
    with pytest.raises(ClientError) as caught:
        call(**request)
    error = caught.value.response["Error"]
    return error["Code"], error["Message"]


def test_a_new_service_has_a_primary_task_set_without_external_id(stage: Stage) -> None:
    service = stage.create_service(stage.register(), healthCheckGracePeriodSeconds=7)
    (task_set,) = service["taskSets"]
    assert (task_set["status"], task_set["stabilityStatus"]) == ("PRIMARY", "STABILIZING")
    assert "externalId" not in task_set
    assert task_set["id"].startswith("ecs-svc/")
    assert len(task_set["id"]) == len("ecs-svc/") + 19
    assert service["deployments"] == []
    assert (service["healthCheckGracePeriodSeconds"], service["availabilityZoneRebalancing"]) == (7, "ENABLED")
    stage.until_steady()
    assert any("has reached a steady state." in event["message"] for event in stage.service()["events"])


def test_a_task_set_lives_from_install_to_termination_beside_the_first(stage: Stage) -> None:
    (blue,) = stage.create_service(stage.register())["taskSets"]
    stage.until_steady()
    stage.put_image("green")
    green = stage.create_task_set(stage.register("green"))
    assert (green["status"], green["externalId"], green["startedBy"]) == ("ACTIVE", "d-0000000AA", "CODE_DEPLOY")
    tasks = stage.until_steady()
    assert sorted(ask(task)["TAG"] for task in tasks) == ["blue", "green"]
    assert stage.service()["runningCount"] == 2

    stage.ecs.update_service_primary_task_set(**stage.here, primaryTaskSet=green["taskSetArn"])
    service = stage.service()
    assert {one["id"]: one["status"] for one in service["taskSets"]} == {blue["id"]: "ACTIVE", green["id"]: "PRIMARY"}
    assert service["taskDefinition"] == green["taskDefinition"]
    assert service["loadBalancers"] == green["loadBalancers"]

    deleted = stage.ecs.delete_task_set(**stage.here, taskSet=blue["id"], force=True)["taskSet"]
    assert (deleted["status"], deleted["scale"]["value"], deleted["computedDesiredCount"]) == ("DRAINING", 0.0, 0)
    stage.eventually(lambda: [one["id"] for one in stage.task_sets()] == [green["id"]])
    (left,) = stage.until_steady()
    assert left["startedBy"] == green["id"]


def test_a_short_id_makes_a_task_set_primary_and_the_way_back_is_open(stage: Stage) -> None:
    (blue,) = stage.create_service(stage.register())["taskSets"]
    green = stage.create_task_set(stage.register())
    for wanted, other in ((green, blue), (blue, green)):
        stage.ecs.update_service_primary_task_set(**stage.here, primaryTaskSet=wanted["id"])
        states = {one["id"]: one["status"] for one in stage.task_sets()}
        assert states == {wanted["id"]: "PRIMARY", other["id"]: "ACTIVE"}
        assert stage.service()["loadBalancers"] == wanted["loadBalancers"]


def test_a_task_set_scaled_above_zero_is_deleted_only_by_force(stage: Stage) -> None:
    (blue,) = stage.create_service(stage.register())["taskSets"]
    code, _ = refusal(stage.ecs.delete_task_set, **stage.here, taskSet=blue["id"])
    assert code == "InvalidParameterException"


def test_the_desired_count_applies_to_every_task_set_by_its_percentage(stage: Stage) -> None:
    stage.create_service(stage.register())
    stage.create_task_set(stage.register(), scale={"value": 50.0, "unit": "PERCENT"})
    stage.ecs.update_service(**stage.here, desiredCount=3)
    assert [one["computedDesiredCount"] for one in stage.task_sets()] == [3, 2]
    stage.eventually(lambda: [one["runningCount"] for one in stage.task_sets()] == [3, 2])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"taskDefinition": "stage:1"}, f"Unable to update task definition {ONLY_CODE_DEPLOY}"),
        ({"platformVersion": "1.4.0"}, f"Unable to update network parameters {ONLY_CODE_DEPLOY}"),
        (
            {"networkConfiguration": {"awsvpcConfiguration": {"subnets": []}}},
            f"Unable to update network parameters {ONLY_CODE_DEPLOY}",
        ),
        ({"serviceRegistries": []}, f"Unable to update network parameters {ONLY_CODE_DEPLOY}"),
        ({"capacityProviderStrategy": []}, f"Unable to update network parameters {ONLY_CODE_DEPLOY}"),
        ({"loadBalancers": []}, f"Unable to update network parameters {ONLY_CODE_DEPLOY}"),
        ({"forceNewDeployment": True}, f"Cannot force a new deployment {ONLY_CODE_DEPLOY}"),
    ],
)
def test_what_only_codedeploy_changes_is_refused(stage: Stage, change: dict[str, Any], message: str) -> None:
    stage.create_service(stage.register(), desiredCount=0)
    found = refusal(stage.ecs.update_service, **stage.here, **change)
    assert found == ("InvalidParameterException", message)


def test_what_needs_no_deployment_is_updated(stage: Stage) -> None:
    stage.create_service(stage.register(), desiredCount=0)
    stage.ecs.update_service(**stage.here, healthCheckGracePeriodSeconds=9, forceNewDeployment=False)
    assert stage.service()["healthCheckGracePeriodSeconds"] == 9


@pytest.mark.parametrize("count", [-1, 5001, 10**9])
def test_an_absurd_desired_count_is_refused(stage: Stage, count: int) -> None:
    definition = stage.register()
    assert refusal(stage.create_service, definition=definition, desiredCount=count)[0] == "InvalidParameterException"
    stage.create_service(definition, desiredCount=0)
    assert refusal(stage.ecs.update_service, **stage.here, desiredCount=count)[0] == "InvalidParameterException"
    assert stage.service()["desiredCount"] == 0


def test_zone_rebalancing_is_kept_as_it_was_chosen(stage: Stage) -> None:
    created = stage.create_service(stage.register(), desiredCount=0, availabilityZoneRebalancing="DISABLED")
    assert created["availabilityZoneRebalancing"] == "DISABLED"
    stage.ecs.update_service(**stage.here, availabilityZoneRebalancing="ENABLED")
    stage.ecs.update_service(**stage.here, desiredCount=0)
    assert stage.service()["availabilityZoneRebalancing"] == "ENABLED"


def test_a_load_balancer_must_name_a_container_and_port_of_the_definition(stage: Stage) -> None:
    definition = stage.register()
    found = refusal(stage.create_service, definition=definition, loadBalancers=stage.behind(stage.blue, port=3001))
    message = "The container rust-api did not have a container port 3001 defined."
    assert found == ("InvalidParameterException", message)
    found = refusal(stage.create_service, definition=definition, loadBalancers=stage.behind(stage.blue, name="web"))
    assert found == ("InvalidParameterException", "The container web does not exist in the task definition.")


def test_a_service_or_a_task_set_with_several_target_groups_is_refused(stage: Stage) -> None:
    """AWS documents that CodeDeploy's releases have one; the text is the one of ECS from when no service had more."""
    definition, both = stage.register(), [*stage.behind(stage.blue), *stage.behind(stage.green)]
    expected = ("InvalidParameterException", "load balancers can have at most 1 items.")
    assert refusal(stage.create_service, definition=definition, loadBalancers=both) == expected
    assert stage.ecs.list_services(cluster=stage.cluster)["serviceArns"] == []
    stage.create_service(definition, desiredCount=0)
    assert refusal(stage.create_task_set, definition=definition, loadBalancers=both) == expected
    assert len(stage.task_sets()) == 1


def test_a_target_group_without_a_load_balancer_is_refused(stage: Stage) -> None:
    group = stage.elb.describe_target_groups(TargetGroupArns=[stage.blue])["TargetGroups"][0]
    arn = make_target_group(stage.world.program, "loose", group["VpcId"])
    code, message = refusal(stage.create_service, definition=stage.register(), loadBalancers=stage.behind(arn))
    assert code == "InvalidParameterException"
    assert message == f"The target group with targetGroupArn {arn} does not have an associated load balancer."


def test_a_task_set_needs_a_task_definition_that_is_there_and_active(stage: Stage) -> None:
    stage.create_service(stage.register(), desiredCount=0)
    assert refusal(stage.create_task_set, definition=f"{stage.cluster}:99") == (
        "ClientException",
        "TaskDefinition not found.",
    )
    retired = stage.register()
    stage.ecs.deregister_task_definition(taskDefinition=retired)
    assert refusal(stage.create_task_set, definition=retired) == ("ClientException", "TaskDefinition is inactive")


def test_a_deleted_service_drains_and_then_reads_inactive(stage: Stage) -> None:
    stage.create_service(stage.register())
    stage.until_steady()
    code, _ = refusal(stage.ecs.delete_service, **stage.here)
    assert code == "InvalidParameterException"
    stage.ecs.update_service(**stage.here, desiredCount=0)
    deleted = stage.ecs.delete_service(**stage.here)["service"]
    assert deleted["status"] == "DRAINING"
    assert refusal(stage.ecs.delete_cluster, cluster=stage.cluster)[0] == "ClusterContainsServicesException"
    stage.eventually(lambda: stage.service()["status"] == "INACTIVE")
    assert stage.ecs.list_services(cluster=stage.cluster)["serviceArns"] == []
    assert stage.tasks() == []
    assert refusal(stage.ecs.update_service, **stage.here)[0] == "ServiceNotActiveException"
    stage.ecs.delete_cluster(cluster=stage.cluster)
    assert not [arn for arn in stage.ecs.list_clusters()["clusterArns"] if arn.endswith(stage.cluster)]


def test_a_service_of_a_deleted_name_can_be_created_again(stage: Stage) -> None:
    definition = stage.register()
    stage.create_service(definition, desiredCount=0)
    message = "Creation of service was not idempotent."
    assert refusal(stage.create_service, definition=definition) == ("InvalidParameterException", message)
    stage.ecs.delete_service(**stage.here, force=True)
    stage.eventually(lambda: stage.service()["status"] == "INACTIVE")
    assert stage.create_service(definition)["status"] == "ACTIVE"


def test_what_the_loopback_does_not_run_is_said_at_once(stage: Stage) -> None:
    definition = stage.register()
    for call, request in (
        (stage.ecs.run_task, {"cluster": stage.cluster, "taskDefinition": definition}),
        (stage.create_service, {"definition": definition, "deploymentController": {"type": "ECS"}}),
    ):
        code, _ = refusal(call, **request)
        assert code == "NotImplementedByLoopback"
