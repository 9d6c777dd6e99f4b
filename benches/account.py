"""A service behind a load balancer with a deployment group, in an empty loopback."""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from collections.abc import Callable
from typing import Any

import boto3

ROLE = "AWSCodeDeployRoleForECS"
TRUST = {"Principal": {"Service": "codedeploy.amazonaws.com"}, "Effect": "Allow", "Action": "sts:AssumeRole"}
PORT, LIMIT = 3000, 60.0
GROUP = {"applicationName": "bench", "deploymentGroupName": "bench"}


class Account:
    """Everything a release needs, made at once; version after version can be released in it."""

    def __init__(self, endpoint: str) -> None:
        self._endpoint = endpoint
        self._session = boto3.session.Session("bench", "bench", region_name="us-east-1")
        names = ("ecs", "elbv2", "codedeploy", "ec2", "iam")
        self.ecs, self.elb, self.codedeploy, self._ec2, self._iam = (self._client(name) for name in names)
        self._image()
        vpc = self._ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        self._subnets = [
            self._ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.0.{number}.0/24", AvailabilityZone=f"us-east-1{zone}")[
                "Subnet"
            ]["SubnetId"]
            for number, zone in enumerate("ab")
        ]
        self.groups = {name: self._target_group(name, vpc) for name in ("blue", "green")}
        self._balancer = self.elb.create_load_balancer(Name="bench", Subnets=self._subnets)["LoadBalancers"][0]
        self.listener, self._test = (self._listener(port) for port in (8000, 8080))
        self._service()
        self._deployment_group()
        wait(lambda: self._task_sets()[0]["stabilityStatus"] == "STEADY_STATE")

    def release(self) -> list[dict[str, Any]]:
        """Release the next revision to its end; return the lifecycle events."""
        definition = self._definition()
        place = {"ContainerName": "app", "ContainerPort": PORT}
        properties = {"TaskDefinition": definition, "LoadBalancerInfo": place}
        service = {"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}
        content = json.dumps({"version": 0.0, "Resources": [service]})
        revision = {"revisionType": "AppSpecContent", "appSpecContent": {"content": content}}
        started = self.codedeploy.create_deployment(**GROUP, revision=revision)["deploymentId"]
        wait(lambda: self._status(started) in ("Succeeded", "Failed", "Stopped"))
        if self._status(started) != "Succeeded":
            raise RuntimeError(f"the release of the benchmark ended {self._status(started)}")
        target = self.codedeploy.get_deployment_target(deploymentId=started, targetId="bench:bench")
        return target["deploymentTarget"]["ecsTarget"]["lifecycleEvents"]

    def _status(self, deployment: str) -> str:
        return self.codedeploy.get_deployment(deploymentId=deployment)["deploymentInfo"]["status"]

    def _task_sets(self) -> list[dict[str, Any]]:
        return self.ecs.describe_services(cluster="bench", services=["bench"])["services"][0]["taskSets"]

    def _client(self, service: str) -> Any:
        session: Any = self._session
        return session.client(service, endpoint_url=self._endpoint)

    def _image(self) -> None:
        self._client("ecr").create_repository(repositoryName="bench")
        command = [sys.executable, "-I", "-S", "-m", "http.server", "--bind", "{address}", str(PORT)]
        line = json.dumps({"repository": "bench", "tag": "1", "command": command}).encode()
        request = urllib.request.Request(f"{self._endpoint}/_loopback/images", line, method="PUT")
        urllib.request.urlopen(request).close()

    def _target_group(self, name: str, vpc: str) -> str:
        made = self.elb.create_target_group(Name=name, Protocol="HTTP", Port=PORT, VpcId=vpc, TargetType="ip")
        return made["TargetGroups"][0]["TargetGroupArn"]

    def _listener(self, port: int) -> str:
        place = {"LoadBalancerArn": self._balancer["LoadBalancerArn"], "Protocol": "HTTP", "Port": port}
        action = {"Type": "forward", "TargetGroupArn": self.groups["blue"]}
        return self.elb.create_listener(**place, DefaultActions=[action])["Listeners"][0]["ListenerArn"]

    def _definition(self) -> str:
        container = {"name": "app", "image": "bench:1", "portMappings": [{"containerPort": PORT}]}
        fargate = {"networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], "cpu": "256", "memory": "512"}
        made = self.ecs.register_task_definition(family="bench", containerDefinitions=[container], **fargate)
        return made["taskDefinition"]["taskDefinitionArn"]

    def _service(self) -> None:
        self.ecs.create_cluster(clusterName="bench")
        self.ecs.create_service(
            cluster="bench",
            serviceName="bench",
            taskDefinition=self._definition(),
            desiredCount=1,
            launchType="FARGATE",
            deploymentController={"type": "CODE_DEPLOY"},
            healthCheckGracePeriodSeconds=600,
            loadBalancers=[{"targetGroupArn": self.groups["blue"], "containerName": "app", "containerPort": PORT}],
            networkConfiguration={"awsvpcConfiguration": {"subnets": self._subnets}},
        )

    def _deployment_group(self) -> None:
        trust = json.dumps({"Version": "2012-10-17", "Statement": [TRUST]})
        role = self._iam.create_role(RoleName="bench", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
        self._iam.attach_role_policy(RoleName="bench", PolicyArn=f"arn:aws:iam::aws:policy/{ROLE}")
        pair = {
            "targetGroups": [{"name": "blue"}, {"name": "green"}],
            "prodTrafficRoute": {"listenerArns": [self.listener]},
            "testTrafficRoute": {"listenerArns": [self._test]},
        }
        self.codedeploy.create_application(applicationName="bench", computePlatform="ECS")
        self.codedeploy.create_deployment_group(
            **GROUP,
            serviceRoleArn=role,
            deploymentConfigName="CodeDeployDefault.ECSAllAtOnce",
            deploymentStyle={"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
            ecsServices=[{"clusterName": "bench", "serviceName": "bench"}],
            loadBalancerInfo={"targetGroupPairInfoList": [pair]},
            blueGreenDeploymentConfiguration={
                "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 0},
                "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"},
            },
        )


def wait(holds: Callable[[], object]) -> None:
    """Ask until it holds.

    Raises:
        TimeoutError: it does not within a minute.
    """
    deadline = time.monotonic() + LIMIT
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"the benchmark's account is not there after {LIMIT:.0f} s")
        time.sleep(0.02)
