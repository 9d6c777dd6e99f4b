"""Terraform on auto scaling and alarms: applied, unchanged, changed and destroyed."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bluegreen.loopback.server import Loopback
from tests.loopback.clients import environment

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

CLEAN, CHANGES = 0, 2


@pytest.fixture(scope="module")
def service(client: Callable[[str], Any]) -> None:
    """The service `scaled` in the cluster `scaled`, without a task."""
    ec2, elb, ecs = client("ec2"), client("elbv2"), client("ecs")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
    balancer = elb.create_load_balancer(Name="scaled", Subnets=[subnet])["LoadBalancers"][0]["LoadBalancerArn"]
    settings = {"Protocol": "HTTP", "Port": 3000, "VpcId": vpc, "TargetType": "ip"}
    group = elb.create_target_group(Name="scaled", **settings)["TargetGroups"][0]["TargetGroupArn"]
    forward = {"Type": "forward", "TargetGroupArn": group}
    elb.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=8000, DefaultActions=[forward])
    container = {"name": "app", "image": "app:1", "portMappings": [{"containerPort": 3000}]}
    sizes = {"cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"]}
    ecs.register_task_definition(family="scaled", containerDefinitions=[container], **sizes)
    ecs.create_cluster(clusterName="scaled")
    ecs.create_service(
        cluster="scaled",
        serviceName="scaled",
        taskDefinition="scaled",
        desiredCount=0,
        launchType="FARGATE",
        deploymentController={"type": "CODE_DEPLOY"},
        loadBalancers=[{"targetGroupArn": group, "containerName": "app", "containerPort": 3000}],
        networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet]}},
    )


@pytest.fixture
def terraform(service: None, loopback: Loopback, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs a command on the configuration beside this file."""
    environ = environment.of(loopback.endpoint, tmp_path)
    folder = tmp_path / "stack"
    folder.mkdir()
    shutil.copy(Path(__file__).with_name("scaling.tf"), folder)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = ["terraform", f"-chdir={folder}", *words, "-no-color", "-input=false"]
        return subprocess.run(command, env=environ, text=True, capture_output=True, check=False)

    return run


def test_what_terraform_applies_it_reads_back_and_destroys(terraform, client: Callable[[str], Any]) -> None:
    for words in (("init",), ("apply", "-auto-approve")):
        said = terraform(*words)
        assert said.returncode == 0, said.stdout + said.stderr
    said = terraform("plan", "-detailed-exitcode")
    assert said.returncode == CLEAN, said.stdout + said.stderr

    scaling, cloudwatch = client("application-autoscaling"), client("cloudwatch")
    (policy,) = scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    assert thresholds(cloudwatch, policy) == {"AlarmHigh": 60, "AlarmLow": 54}

    said = terraform("apply", "-auto-approve", "-var=target=50")
    assert said.returncode == 0, said.stdout + said.stderr
    (policy,) = scaling.describe_scaling_policies(ServiceNamespace="ecs")["ScalingPolicies"]
    assert thresholds(cloudwatch, policy) == {"AlarmHigh": 50, "AlarmLow": 45}
    assert len(cloudwatch.describe_alarms()["MetricAlarms"]) == 4

    said = terraform("destroy", "-auto-approve")
    assert said.returncode == 0, said.stdout + said.stderr
    left = cloudwatch.describe_alarms(AlarmTypes=["MetricAlarm", "CompositeAlarm"])
    assert (left["MetricAlarms"], left["CompositeAlarms"]) == ([], [])
    assert scaling.describe_scalable_targets(ServiceNamespace="ecs")["ScalableTargets"] == []


def thresholds(cloudwatch: Any, policy: dict[str, Any]) -> dict[str, float]:
    """Return the threshold of each alarm of the policy, by its kind."""
    names = [alarm["AlarmName"] for alarm in policy["Alarms"]]
    alarms = cloudwatch.describe_alarms(AlarmNames=names)["MetricAlarms"]
    assert all(json.dumps(alarm["Dimensions"]).count("scaled") == 2 for alarm in alarms)
    kinds = ("AlarmHigh", "AlarmLow")
    return {kind: alarm["Threshold"] for kind in kinds for alarm in alarms if kind in alarm["AlarmName"]}
