"""boto3's waiters and paginators, which AWS ships: what they look for is there."""

from __future__ import annotations

from itertools import chain
from typing import Any

import pytest
from botocore.exceptions import WaiterError

from tests.loopback.clients.environment import REGION
from tests.loopback.codedeploy.live_stage import CLUSTER, CONTAINER, PORT, REPOSITORY, SERVICE, LiveStage
from tests.loopback.codedeploy.story import appspec, inline
from tests.loopback.program import Program

QUICK = {"Delay": 0.1, "MaxAttempts": 300}
HERE = {"cluster": CLUSTER, "services": [SERVICE]}
MANY, PAGE = 5, 2


@pytest.fixture(scope="module")
def live(program: Program, tmp_path_factory: pytest.TempPathFactory) -> LiveStage:
    """A service with three tasks behind blue."""
    live = LiveStage(program.endpoint, REGION, tmp_path_factory.mktemp("live"))
    live.start(tasks=3)
    delay = {"Key": "deregistration_delay.timeout_seconds", "Value": "10"}
    live.elb.modify_target_group_attributes(TargetGroupArn=live.target_groups["blue"], Attributes=[delay])
    live.elb.modify_target_group_attributes(TargetGroupArn=live.target_groups["green"], Attributes=[delay])
    return live


def wait(client: Any, name: str, **request: Any) -> None:
    client.get_waiter(name).wait(**request, WaiterConfig=QUICK)


def address(live: LiveStage) -> dict[str, Any]:
    """Return blue's first target."""
    found = live.elb.describe_target_health(TargetGroupArn=live.target_groups["blue"])["TargetHealthDescriptions"]
    return found[0]["Target"]


def test_targets_come_into_service_and_are_deregistered(live: LiveStage) -> None:
    blue, green = live.target_groups["blue"], live.target_groups["green"]
    wait(live.elb, "target_in_service", TargetGroupArn=blue)
    going = address(live)
    release = live.deploy(appspec(live.version("2")))
    wait(live.codedeploy, "deployment_successful", deploymentId=release)
    wait(live.elb, "target_in_service", TargetGroupArn=green)
    wait(live.elb, "target_deregistered", TargetGroupArn=blue, Targets=[going])


def test_a_failed_deployment_ends_the_wait(live: LiveStage) -> None:
    release = live.deploy(appspec(live.version("bad"), port=443))
    with pytest.raises(WaiterError, match="Failed"):
        wait(live.codedeploy, "deployment_successful", deploymentId=release)


def test_tasks_and_load_balancers_are_waited_for(live: LiveStage) -> None:
    tasks = live.ecs.list_tasks(cluster=CLUSTER)["taskArns"]
    wait(live.ecs, "tasks_running", cluster=CLUSTER, tasks=tasks)
    wait(live.elb, "load_balancer_available", LoadBalancerArns=[live.balancer["LoadBalancerArn"]])
    live.ecs.stop_task(cluster=CLUSTER, task=tasks[0])
    wait(live.ecs, "tasks_stopped", cluster=CLUSTER, tasks=tasks[:1])


def test_services_stable_never_holds_under_codedeploy(live: LiveStage) -> None:
    """It counts `deployments`, which such a service has none of: AWS's waiter for it is CodeDeploy's."""
    assert live.ecs.describe_services(**HERE)["services"][0]["deployments"] == []
    with pytest.raises(WaiterError, match="Max attempts exceeded"):
        live.ecs.get_waiter("services_stable").wait(**HERE, WaiterConfig={"Delay": 0, "MaxAttempts": 2})


@pytest.fixture(scope="module")
def crowd(program: Program, live: LiveStage) -> Program:
    """The account, with more in it than one page takes."""
    codedeploy = program.client("codedeploy")
    for number in range(105):
        codedeploy.create_application(applicationName=f"more-{number}", computePlatform="ECS")
        codedeploy.register_application_revision(applicationName="a", revision=inline(appspec(f"f:{number}")))
        routing = {"type": "TimeBasedCanary", "timeBasedCanary": {"canaryPercentage": 10, "canaryInterval": 1}}
        codedeploy.create_deployment_config(
            deploymentConfigName=f"more-{number}", computePlatform="ECS", trafficRoutingConfig=routing
        )
    _crowd_ecs(live)
    _crowd_elb(live)
    return program


def _crowd_ecs(live: LiveStage) -> None:
    (service,) = live.ecs.describe_services(**HERE)["services"]
    kept = {key: service[key] for key in ("deploymentController", "loadBalancers", "networkConfiguration")}
    ports = [{"containerPort": PORT}]
    container = {"name": CONTAINER, "image": f"{REPOSITORY}:1", "memory": 512, "portMappings": ports}
    for number in range(MANY):
        name = f"more-{number}"
        live.ecs.create_cluster(clusterName=name)
        live.ecs.register_task_definition(family=name, networkMode="awsvpc", containerDefinitions=[container])
        live.ecs.create_service(cluster=CLUSTER, serviceName=name, taskDefinition=name, desiredCount=0, **kept)


def _crowd_elb(live: LiveStage) -> None:
    action = {"Type": "forward", "TargetGroupArn": live.target_groups["blue"]}
    settings = {"Protocol": "HTTP", "Port": PORT, "VpcId": live.network["vpc"], "TargetType": "ip"}
    for number in range(1, MANY):
        live.elb.create_load_balancer(Name=f"more-{number}", Subnets=live.network["subnets"])
        live.elb.create_target_group(Name=f"more-{number}", **settings)
        place = {"LoadBalancerArn": live.balancer["LoadBalancerArn"], "Protocol": "HTTP", "Port": 9000 + number}
        live.elb.create_listener(**place, DefaultActions=[action])
        path = {"Field": "path-pattern", "PathPatternConfig": {"Values": [f"/{number}"]}}
        live.elb.create_rule(ListenerArn=live.listeners[8000], Priority=number, Conditions=[path], Actions=[action])


@pytest.mark.parametrize(
    ("operation", "request_members", "pages"),
    [
        ("list_applications", {}, 2),
        ("list_application_revisions", {"applicationName": "a"}, 2),
        ("list_deployment_configs", {}, 2),
        ("list_deployment_groups", {"applicationName": "a"}, 1),
        ("list_deployments", {"applicationName": "a", "deploymentGroupName": "g"}, 1),
    ],
)
def test_codedeploys_pages_hold_everything_once(
    crowd: Program, operation: str, request_members: dict[str, Any], pages: int
) -> None:
    paginator = crowd.client("codedeploy").get_paginator(operation)
    found = _items(paginator, request_members)
    assert len(found) == pages
    assert all(len(page) == 100 for page in found[:-1])
    assert _each_once(found)


@pytest.mark.parametrize(
    ("service", "operation"),
    [
        ("ecs", "list_clusters"),
        ("ecs", "list_services"),
        ("ecs", "list_tasks"),
        ("ecs", "list_task_definitions"),
        ("ecs", "list_task_definition_families"),
        ("elbv2", "describe_load_balancers"),
        ("elbv2", "describe_target_groups"),
        ("elbv2", "describe_listeners"),
        ("elbv2", "describe_rules"),
    ],
)
def test_pages_of_two_hold_everything_once(crowd: Program, live: LiveStage, service: str, operation: str) -> None:
    client = crowd.client(service)
    where = {
        "list_services": {"cluster": CLUSTER},
        "list_tasks": {"cluster": CLUSTER},
        "describe_listeners": {"LoadBalancerArn": live.balancer["LoadBalancerArn"]},
        "describe_rules": {"ListenerArn": live.listeners[8000]},
    }.get(operation, {})
    paginator = client.get_paginator(operation)
    found = _items(paginator, {**where, "PaginationConfig": {"PageSize": PAGE}})
    whole = _items(paginator, where)
    assert len(found) > 1
    assert all(len(page) == PAGE for page in found[:-1])
    assert 1 <= len(found[-1]) <= PAGE
    assert _each_once(found)
    assert list(chain(*found)) == list(chain(*whole))


def _items(paginator: Any, request: dict[str, Any]) -> list[list[str]]:
    (key,) = paginator.result_keys
    return [[str(item) for item in key.search(page)] for page in paginator.paginate(**request)]


def _each_once(pages: list[list[str]]) -> bool:
    items = list(chain(*pages))
    return len(items) == len(set(items)) > 0
