"""What is read from a service of others, on Fargate or EC2."""

from __future__ import annotations

from typing import Any

import pytest

from bluegreen.release import import_service
from bluegreen.release.errors import ReleaseError
from bluegreen.release.import_service import Port

ARN = "arn:aws:ecs:eu-west-1:123456789012:service/cluster/cart"
REGISTRY = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"
LIVE = {
    "taskDefinitionArn": "arn:aws:ecs:eu-west-1:123456789012:task-definition/cart:7",
    "containerDefinitions": [{"name": "api"}, {"name": "admin"}],
}
NETWORK = {"awsvpcConfiguration": {"subnets": ["a", "b"], "securityGroups": ["sg"], "assignPublicIp": "ENABLED"}}


def service(*ports: tuple[str, int], **primary: Any) -> dict[str, Any]:
    balancers = [{"containerName": name, "containerPort": number, "targetGroupArn": name} for name, number in ports]
    old = {"status": "ACTIVE", "platformVersion": "1.3.0"}
    new = {"status": "PRIMARY", "loadBalancers": balancers, **primary}
    return {"serviceName": "cart", "serviceArn": ARN, "taskSets": [old, new]}


def test_one_container_and_port_need_not_be_named() -> None:
    assert import_service.port(service(("api", 80)), LIVE, None, None) == Port("api", 80)


@pytest.mark.parametrize(
    ("container", "number", "found"), [("admin", None, Port("admin", 81)), (None, 80, Port("api", 80))]
)
def test_of_several_one_is_chosen_by_either(container: str | None, number: int | None, found: Port) -> None:
    assert import_service.port(service(("api", 80), ("admin", 81)), LIVE, container, number) == found


@pytest.mark.parametrize(
    ("container", "number"), [(None, None), ("api", None), ("nobody", None), (None, 1), ("admin", 80)]
)
def test_several_that_fit_or_none_are_listed(container: str | None, number: int | None) -> None:
    with pytest.raises(ReleaseError, match=r"which container and port.* --container admin --port 81, --container api"):
        import_service.port(service(("api", 80), ("api", 90), ("admin", 81)), LIVE, container, number)


def test_a_container_that_the_revision_lacks_is_refused() -> None:
    with pytest.raises(ReleaseError, match="cart:7 has no container web, it has: api, admin"):
        import_service.port(service(("web", 80)), LIVE, None, None)


def test_the_network_is_the_live_tasks_own() -> None:
    found = import_service.network(service(launchType="FARGATE", platformVersion="1.4.0", networkConfiguration=NETWORK))
    assert found == {
        "subnets": ("a", "b"),
        "security_groups": ("sg",),
        "assign_public_ip": "ENABLED",
        "platform_version": "1.4.0",
    }


def test_tasks_on_ec2_have_no_platform_version_and_perhaps_no_network() -> None:
    found = import_service.network(service(launchType="EC2"))
    assert (found["subnets"], found["platform_version"]) == ((), "")


def test_a_capacity_provider_of_fargate_is_fargate() -> None:
    found = import_service.network(service(capacityProviderStrategy=[{"capacityProvider": "FARGATE_SPOT"}]))
    assert found["platform_version"] == "LATEST"


@pytest.mark.parametrize("kind", ["ECS", "EXTERNAL", None])
def test_a_service_that_codedeploy_does_not_deploy_is_refused(kind: str | None) -> None:
    with pytest.raises(ReleaseError, match=f"controller {kind or 'ECS'}, allowed: CODE_DEPLOY"):
        import_service.check({"serviceName": "cart", "deploymentController": {"type": kind} if kind else None})


@pytest.mark.parametrize(
    ("image", "found"),
    [
        (f"{REGISTRY}/team/cart:one", f"{REGISTRY}/team/cart"),
        (f"{REGISTRY}/cart@sha256:ab", f"{REGISTRY}/cart"),
        ("nginx:1", ""),
        ("999999999999.dkr.ecr.eu-west-1.amazonaws.com/cart:one", ""),
        ("123456789012.dkr.ecr.us-east-1.amazonaws.com/cart:one", ""),
        ("", ""),
    ],
)
def test_the_repository_is_the_image_s_where_it_is_this_account_s(image: str, found: str) -> None:
    assert import_service.repository(image, ARN) == found


@pytest.mark.parametrize(
    ("configuration", "group"),
    [
        ({"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/cart"}}, "/ecs/cart"),
        ({"logDriver": "splunk", "options": {"awslogs-group": "/ecs/cart"}}, ""),
        (None, ""),
    ],
)
def test_the_log_group_is_that_of_cloudwatch(configuration: Any, group: str) -> None:
    live = {"containerDefinitions": [{"name": "api", "logConfiguration": configuration}]}
    assert import_service.log_group(live, "api") == group


def test_ecs_runs_on_x86_where_nothing_else_is_said() -> None:
    assert import_service.architecture({}) == "X86_64"
    assert import_service.architecture({"runtimePlatform": {"cpuArchitecture": "ARM64"}}) == "ARM64"
