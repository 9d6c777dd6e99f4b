"""An environment made with the AWS API on the loopback, with the real service and the real hook in it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any

import boto3
import pytest

from bluegreen.release_target import ReleaseTarget, parameter_name
from tests.loopback.roles import hook_role, service_role
from tests.release import events_schema

PROJECT = Path(__file__).parents[3]
SERVICE = PROJECT / "target" / "service" / "rust-api"
BROKEN = PROJECT / "target" / "service" / "examples" / "broken_one"
HOOK = PROJECT / "target" / "hook" / "release" / "bootstrap"
NAME = "rehearsal"
numbers = count(1)
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


@pytest.fixture(scope="session")
def account() -> Iterator[Account]:
    """Serve one account for all that is released here: what a test leaves, the next one finds."""
    missing = [str(one.relative_to(PROJECT)) for one in (SERVICE, BROKEN, HOOK) if not one.is_file()]
    assert not missing, f"not built: {', '.join(missing)}; run make build"
    command = [sys.executable, "-m", "bluegreen.loopback", "--json", "--minute", "2s"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            account = Account(json.loads(process.stdout.readline())["endpoint"])
            for make in (_network, _images, _load_balancer, _hook, _service, _deployment_group, _bucket, _publish):
                make(account)
            yield account
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def at(account: Account) -> dict[str, str]:
    """The variables that lead a command to the account."""
    return {"AWS_ENDPOINT_URL": account.endpoint, "AWS_ACCESS_KEY_ID": NAME, "AWS_SECRET_ACCESS_KEY": NAME}


@pytest.fixture
def fresh(account: Account) -> str:
    """Push an image that was never released."""
    tag = f"fresh-{next(numbers)}"
    account.push(tag, SERVICE, tag)
    return tag


@pytest.fixture
def ready_wait(account: Account) -> Iterator[None]:
    """Make every deployment wait for `continue` before production traffic moves."""
    set_waits(account, ready={"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 30})
    yield
    set_waits(account)


@pytest.fixture
def termination_wait(account: Account) -> Iterator[None]:
    """Keep the old tasks for a while after traffic has moved."""
    set_waits(account, minutes=30)
    yield
    set_waits(account)


@pytest.fixture
def make_alarm_red(account: Account) -> Iterator[Callable[[], None]]:
    """Let the test put a red alarm before every deployment of the group."""
    cloudwatch, codedeploy = account.client("cloudwatch"), account.client("codedeploy")

    def configure(**alarms: Any) -> None:
        codedeploy.update_deployment_group(
            applicationName=NAME, currentDeploymentGroupName=NAME, alarmConfiguration=alarms
        )

    def redden() -> None:
        cloudwatch.put_metric_alarm(
            AlarmName=NAME,
            Namespace=NAME,
            MetricName=NAME,
            Statistic="Sum",
            Period=60,
            EvaluationPeriods=1,
            Threshold=1,
            ComparisonOperator="GreaterThanThreshold",
            TreatMissingData="ignore",
        )
        cloudwatch.set_alarm_state(AlarmName=NAME, StateValue="ALARM", StateReason="red")
        configure(enabled=True, alarms=[{"name": NAME}])

    yield redden
    configure(enabled=False, alarms=[])


@pytest.fixture
def without_bucket(account: Account) -> Iterator[None]:
    """Leave the bucket for records out of the release target."""
    _publish(account, records_bucket="")
    yield
    _publish(account)


@pytest.fixture(scope="session")
def run(bluegreen: Callable[..., Any], at: dict[str, str]) -> Callable[..., Any]:
    """Run a verb in the environment; the schema judges whatever it tells as JSON."""

    def run(verb: str, *words: str, **environ: str) -> Any:
        ended = bluegreen(verb, *words, "--environment", NAME, **{**at, **environ})
        if "--json" in words:
            events_schema.check(ended.out)
        return ended

    return run


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
