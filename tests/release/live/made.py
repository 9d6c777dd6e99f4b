"""An environment made with the AWS API on the loopback, with the real service and the real hook in it."""

from __future__ import annotations

import io
import json
import urllib.request
import zipfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import boto3

from bluegreen.release_target import ReleaseTarget, parameter_name
from tests.loopback.roles import hook_role, service_role

PROJECT = Path(__file__).parents[3]
SERVICE = PROJECT / "target" / "service" / "rust-api"
BROKEN = PROJECT / "target" / "service" / "examples" / "broken_one"
HOOK = PROJECT / "target" / "hook" / "release" / "bootstrap"
NAME = "rehearsal"
GO_ON = {"actionOnTimeout": "CONTINUE_DEPLOYMENT"}
CHECKS = [{"path": "/one"}, {"path": "/two"}]


@dataclass
class Account:
    """The loopback's account; what one step makes, the next one finds here."""

    endpoint: str
    service: Path = SERVICE
    """The program of an image that passes."""
    made: dict[str, str] = field(default_factory=dict)

    def client(self, service: str) -> Any:
        """Return a client that takes any credentials."""
        session: Any = boto3.Session(NAME, NAME, region_name="us-east-1")
        return session.client(service, endpoint_url=self.endpoint)

    def push(self, tag: str, program: Path, color: str, architecture: str = "amd64") -> None:
        """Put an image into the registry and the loopback's table; it is run here whatever it is said to be for."""
        environment = {"COLOR": color, "LISTEN_ADDR": "{address}:3000"}
        line = {"repository": NAME, "tag": tag, "command": [str(program)], "environment": environment}
        line |= {"architecture": architecture} if architecture else {}
        url = f"{self.endpoint}/_loopback/images"
        with urllib.request.urlopen(urllib.request.Request(url, json.dumps(line).encode(), method="PUT")) as answer:
            assert answer.status == 200

    def publish(self, **changed: Any) -> None:
        """Write the release target, with some fields changed."""
        _publish(self, **changed)


def _network(account: Account) -> None:
    subnets = account.client("ec2").describe_subnets()["Subnets"][:2]
    account.made.update(vpc=subnets[0]["VpcId"], one=subnets[0]["SubnetId"], two=subnets[1]["SubnetId"])


def _images(account: Account) -> None:
    made = account.client("ecr").create_repository(repositoryName=NAME)
    account.made["repository"] = made["repository"]["repositoryUri"]
    account.push("green", SERVICE, "Green")
    account.push("blue", SERVICE, "Blue")
    account.push("broken", BROKEN, "Broken")


def _load_balancer(account: Account) -> None:
    elbv2, made = account.client("elbv2"), account.made
    (balancer,) = elbv2.create_load_balancer(Name=NAME, Subnets=[made["one"], made["two"]], Scheme="internal")[
        "LoadBalancers"
    ]
    made["dns_name"] = balancer["DNSName"]
    for side, listener, port in (("blue", "production", 8000), ("green", "test", 8080)):
        (group,) = elbv2.create_target_group(
            Name=f"{NAME}-{side}",
            Protocol="HTTP",
            Port=3000,
            VpcId=made["vpc"],
            TargetType="ip",
            HealthCheckPath="/health",
            HealthCheckIntervalSeconds=5,
            HealthCheckTimeoutSeconds=2,
        )["TargetGroups"]
        elbv2.modify_target_group_attributes(
            TargetGroupArn=group["TargetGroupArn"],
            Attributes=[{"Key": "deregistration_delay.timeout_seconds", "Value": "5"}],
        )
        action = {"Type": "forward", "TargetGroupArn": group["TargetGroupArn"]}
        (made[listener],) = (
            one["ListenerArn"]
            for one in elbv2.create_listener(
                LoadBalancerArn=balancer["LoadBalancerArn"], Protocol="HTTP", Port=port, DefaultActions=[action]
            )["Listeners"]
        )
        made[side] = group["TargetGroupArn"]


def _hook(account: Account) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        entry = zipfile.ZipInfo("bootstrap")
        entry.external_attr = 0o755 << 16
        file.writestr(entry, HOOK.read_bytes())
    role = hook_role(account.client("iam"))
    variables = {"ALB_URL": f"http://{account.made['dns_name']}:8080", "CHECKS": json.dumps(CHECKS)}
    account.made["hook"] = account.client("lambda").create_function(
        FunctionName="CodeDeployHook_rehearsal",
        Runtime="provided.al2023",
        Handler="bootstrap",
        Role=role,
        Timeout=5,
        Code={"ZipFile": archive.getvalue()},
        Environment={"Variables": variables},
    )["FunctionArn"]


def _service(account: Account) -> None:
    ecs, made = account.client("ecs"), account.made
    ecs.create_cluster(clusterName=NAME)
    container = {
        "name": "rust-api",
        "image": f"{made['repository']}:green",
        "portMappings": [{"containerPort": 3000}],
        "essential": True,
    }
    made["template"] = ecs.register_task_definition(
        family=NAME,
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="256",
        memory="512",
        containerDefinitions=[container],
    )["taskDefinition"]["taskDefinitionArn"]
    network = {"subnets": [made["one"], made["two"]], "securityGroups": [], "assignPublicIp": "DISABLED"}
    ecs.create_service(
        cluster=NAME,
        serviceName=NAME,
        taskDefinition=made["template"],
        desiredCount=1,
        launchType="FARGATE",
        deploymentController={"type": "CODE_DEPLOY"},
        loadBalancers=[{"targetGroupArn": made["blue"], "containerName": "rust-api", "containerPort": 3000}],
        networkConfiguration={"awsvpcConfiguration": network},
    )


def _deployment_group(account: Account) -> None:
    codedeploy, made = account.client("codedeploy"), account.made
    codedeploy.create_application(applicationName=NAME, computePlatform="ECS")
    pair = {
        "targetGroups": [{"name": f"{NAME}-blue"}, {"name": f"{NAME}-green"}],
        "prodTrafficRoute": {"listenerArns": [made["production"]]},
        "testTrafficRoute": {"listenerArns": [made["test"]]},
    }
    codedeploy.create_deployment_group(
        applicationName=NAME,
        deploymentGroupName=NAME,
        serviceRoleArn=service_role(account.client("iam")),
        deploymentStyle={"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
        ecsServices=[{"clusterName": NAME, "serviceName": NAME}],
        loadBalancerInfo={"targetGroupPairInfoList": [pair]},
        blueGreenDeploymentConfiguration=_blue_green(GO_ON),
        autoRollbackConfiguration={"enabled": True, "events": ["DEPLOYMENT_FAILURE"]},
    )


def _blue_green(ready: dict[str, Any], minutes: int = 0) -> dict[str, Any]:
    terminate = {"action": "TERMINATE", "terminationWaitTimeInMinutes": minutes}
    return {"terminateBlueInstancesOnDeploymentSuccess": terminate, "deploymentReadyOption": ready}


def set_waits(account: Account, *, ready: dict[str, Any] | None = None, minutes: int = 0) -> None:
    account.client("codedeploy").update_deployment_group(
        applicationName=NAME,
        currentDeploymentGroupName=NAME,
        blueGreenDeploymentConfiguration=_blue_green(ready or GO_ON, minutes),
    )


def _bucket(account: Account) -> None:
    account.client("s3").create_bucket(Bucket=NAME)


def _publish(account: Account, **changed: Any) -> None:
    made = account.made
    target = ReleaseTarget(
        environment=NAME,
        region="us-east-1",
        cluster=NAME,
        service=NAME,
        application=NAME,
        deployment_group=NAME,
        task_definition=made["template"],
        container_name="rust-api",
        container_port=3000,
        repository=made["repository"],
        hook_function=made["hook"],
        production_listener=made["production"],
        test_listener=made["test"],
        log_group="/ecs/rehearsal",
        hook_log_group="/aws/lambda/CodeDeployHook_rehearsal",
        api_url="http://127.0.0.1",
        architecture="X86_64",
        target_groups=(f"{NAME}-blue", f"{NAME}-green"),
        subnets=(made["one"], made["two"]),
        security_groups=(),
        records_bucket=NAME,
    )
    text = replace(target, **changed).to_json()
    ssm = account.client("ssm")
    ssm.put_parameter(Name=parameter_name(NAME), Type="String", Value=text, Overwrite=True)


STEPS = (_network, _images, _load_balancer, _hook, _service, _deployment_group, _bucket, _publish)


def make(account: Account) -> None:
    """Make all of it, each part from what the ones before it made."""
    for step in STEPS:
        step(account)
