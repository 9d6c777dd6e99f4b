"""A network, a load balancer with two target groups, and a service on them."""

from __future__ import annotations

import json
import sys
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.program import Program

PROGRAM = Path(__file__).with_name("task_program.py")
CONTAINER, PORT, REPOSITORY, LOGS = "rust-api", 3000, "service-rust", "/ecs/tests"


@dataclass(frozen=True, kw_only=True)
class World:
    """What all services of these tests share, made once through the API."""

    program: Program
    network: dict[str, Any]
    blue: str
    green: str


def make_world(program: Program) -> World:
    """Make a network and a load balancer with a listener for each of two target groups."""
    ec2, elb = program.client("ec2"), program.client("elbv2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"us-east-1{zone}")
        for number, zone in enumerate("ab")
    ]
    names = [subnet["Subnet"]["SubnetId"] for subnet in subnets]
    group = ec2.create_security_group(GroupName="tasks", Description="tasks", VpcId=vpc)["GroupId"]
    blue, green = (make_target_group(program, colour, vpc) for colour in ("blue", "green"))
    balancer = elb.create_load_balancer(Name="stage", Subnets=names)["LoadBalancers"][0]["LoadBalancerArn"]
    for port, target_group in ((8000, blue), (8080, green)):
        actions = [{"Type": "forward", "TargetGroupArn": target_group}]
        elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=port, DefaultActions=actions)
    program.client("logs").create_log_group(logGroupName=LOGS)
    program.client("ecr").create_repository(repositoryName=REPOSITORY)
    network = {"awsvpcConfiguration": {"subnets": names, "securityGroups": [group]}}
    return World(program=program, network=network, blue=blue, green=green)


def make_target_group(program: Program, name: str, vpc: str) -> str:
    """Make a target group whose targets drain for 6 AWS seconds; return its ARN."""
    elb = program.client("elbv2")
    made = elb.create_target_group(
        Name=name, Protocol="HTTP", Port=PORT, VpcId=vpc, TargetType="ip", HealthCheckPath="/"
    )
    arn = made["TargetGroups"][0]["TargetGroupArn"]
    delay = {"Key": "deregistration_delay.timeout_seconds", "Value": "6"}
    elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=[delay])
    return arn


@dataclass(kw_only=True)
class Stage:
    """A cluster of one test, with room for one service."""

    world: World
    eventually: Callable[..., None]
    cluster: str = field(default_factory=lambda: f"stage-{uuid.uuid4().hex[:8]}")

    def __post_init__(self) -> None:
        self.client = self.world.program.client
        self.ecs, self.elb = self.client("ecs"), self.client("elbv2")
        self.blue, self.green = self.world.blue, self.world.green
        self.here = {"cluster": self.cluster, "service": "api"}
        self.ecs.create_cluster(clusterName=self.cluster)
        self.put_image("blue")

    def put_image(self, tag: str, *, architecture: str = "", **environment: str) -> str:
        """Push an image of the program; return its digest."""
        command = [sys.executable, "-I", "-S", str(PROGRAM)]
        line = {
            "repository": REPOSITORY,
            "tag": tag,
            "command": command,
            "environment": {"HOST": "{address}", "TAG": tag, **environment},
            "architecture": architecture,
        }
        request = urllib.request.Request(
            f"{self.world.program.endpoint}/_loopback/images", data=json.dumps(line).encode(), method="PUT"
        )
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)["digest"]

    def register(self, tag: str = "blue", *, platform: dict[str, str] | None = None, **container: Any) -> str:
        """Register a revision of the task definition with that image; return its ARN."""
        definition = {
            "name": CONTAINER,
            "image": f"123456789012.dkr.ecr.us-east-1.amazonaws.com/{REPOSITORY}:{tag}",
            "portMappings": [{"containerPort": PORT}],
            **container,
        }
        answer = self.ecs.register_task_definition(
            family=self.cluster,
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            cpu="256",
            memory="512",
            containerDefinitions=[definition],
            runtimePlatform=platform or {},
        )
        return answer["taskDefinition"]["taskDefinitionArn"]

    def behind(self, target_group: str, *, name: str = CONTAINER, port: int = PORT) -> list[dict[str, Any]]:
        """Return `loadBalancers` with that target group."""
        return [{"targetGroupArn": target_group, "containerName": name, "containerPort": port}]

    def create_service(self, definition: str, **changes: Any) -> dict[str, Any]:
        """Create the service in front of blue; return the answer."""
        request = {
            "cluster": self.cluster,
            "serviceName": "api",
            "taskDefinition": definition,
            "desiredCount": 1,
            "deploymentController": {"type": "CODE_DEPLOY"},
            "launchType": "FARGATE",
            "networkConfiguration": self.world.network,
            "loadBalancers": self.behind(self.blue),
        }
        return self.ecs.create_service(**{**request, **changes})["service"]

    def create_task_set(self, definition: str, **changes: Any) -> dict[str, Any]:
        """Create a task set in front of green, as CodeDeploy does; return the answer."""
        request = {
            "cluster": self.cluster,
            "service": "api",
            "taskDefinition": definition,
            "externalId": "d-0000000AA",
            "networkConfiguration": self.world.network,
            "launchType": "FARGATE",
            "scale": {"value": 100.0, "unit": "PERCENT"},
            "loadBalancers": self.behind(self.green),
        }
        return self.ecs.create_task_set(**{**request, **changes})["taskSet"]

    def service(self) -> dict[str, Any]:
        return self.ecs.describe_services(cluster=self.cluster, services=["api"])["services"][0]

    def task_sets(self) -> list[dict[str, Any]]:
        return self.service()["taskSets"]

    def tasks(self, status: str = "RUNNING", **which: str) -> list[dict[str, Any]]:
        """Return the tasks whose desired status is that."""
        arns = self.ecs.list_tasks(cluster=self.cluster, serviceName="api", desiredStatus=status, **which)["taskArns"]
        return self.ecs.describe_tasks(cluster=self.cluster, tasks=arns)["tasks"] if arns else []

    def stopped(self) -> list[dict[str, Any]]:
        """Return the tasks that have stopped for good."""
        return [task for task in self.tasks("STOPPED") if task["lastStatus"] == "STOPPED"]

    def until_steady(self) -> list[dict[str, Any]]:
        """Wait until every task set is steady; return the running tasks."""
        self.eventually(lambda: all(one["stabilityStatus"] == "STEADY_STATE" for one in self.task_sets()))
        return self.tasks()

    def target(self, target_group: str, task: dict[str, Any]) -> str:
        """Return the state of the task's target."""
        described = self.elb.describe_target_health(TargetGroupArn=target_group)["TargetHealthDescriptions"]
        states = {one["Target"]["Id"]: one["TargetHealth"]["State"] for one in described}
        return states.get(address(task), "not registered")


def address(task: dict[str, Any]) -> str:
    """Return the private address of a described task."""
    (details,) = [attachment["details"] for attachment in task["attachments"]]
    return next(one["value"] for one in details if one["name"] == "privateIPv4Address")


def ask(task: dict[str, Any], path: str = "/") -> dict[str, str]:
    """Return the environment that the task tells of itself."""
    with urllib.request.urlopen(f"http://{address(task)}:{PORT}{path}", timeout=2) as answer:
        return json.load(answer)


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    program = Program(tmp_path_factory.mktemp("ecs"))
    yield make_world(program)
    program.end()


@pytest.fixture
def stage(world: World, eventually: Callable[..., None]) -> Iterator[Stage]:
    stage = Stage(world=world, eventually=eventually)
    yield stage
    for service in stage.ecs.list_services(cluster=stage.cluster)["serviceArns"]:
        stage.ecs.delete_service(cluster=stage.cluster, service=service, force=True)
