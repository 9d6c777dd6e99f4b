"""A service behind a real load balancer with a deployment group, made through the API."""

from __future__ import annotations

import io
import json
import sys
import urllib.error
import urllib.request
import zipfile
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import botocore.session

from tests.loopback.roles import hook_role, service_role

from .service_model import watch
from .story import inline, waits

REPOSITORY, CONTAINER, PORT = "api", "app", 3000
CLUSTER, SERVICE, GROUP = "c", "s", {"applicationName": "a", "deploymentGroupName": "g"}
HOOK = """#!{python}
import http.client, json, os, pathlib, time
import botocore.session

def runtime(method, path, body=None):
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    connection.request(method, "/2018-06-01/runtime/invocation/" + path, body)
    answer = connection.getresponse()
    return answer.headers, answer.read()

while True:
    headers, body = runtime("GET", "next")
    event = json.loads(body)
    while not pathlib.Path({gate!r}).exists():
        time.sleep(0.02)
    botocore.session.get_session().create_client("codedeploy").put_lifecycle_event_hook_execution_status(
        deploymentId=event["DeploymentId"],
        lifecycleEventHookExecutionId=event["LifecycleEventHookExecutionId"],
        status={verdict!r},
    )
    runtime("POST", headers["Lambda-Runtime-Aws-Request-Id"] + "/response", "null")
"""


class LiveStage:
    """`folder` holds what the tasks serve; `gate` is the file that the hook waits for."""

    def __init__(self, endpoint: str, region: str, folder: Path) -> None:
        self._endpoint, self._region, self._folder = endpoint, region, folder
        self._session = botocore.session.get_session()
        self.gate = folder / "gate"
        self.codedeploy, self.elb, self.ecs = (self.client(name) for name in ("codedeploy", "elbv2", "ecs"))

    @cached_property
    def network(self) -> dict[str, Any]:
        """A network configuration in two zones."""
        ec2 = self.client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        # Asked for, as no region promises its letters: Tokyo has a, c and d.
        zones = [one["ZoneName"] for one in ec2.describe_availability_zones()["AvailabilityZones"]]
        blocks = zip(zones, ("10.0.0.0/24", "10.0.1.0/24"), strict=False)
        made = [ec2.create_subnet(VpcId=vpc, CidrBlock=block, AvailabilityZone=zone) for zone, block in blocks]
        return {"vpc": vpc, "subnets": [one["Subnet"]["SubnetId"] for one in made]}

    @cached_property
    def balancer(self) -> dict[str, Any]:
        """The load balancer: its DNSName is an address on which it listens."""
        made = self.elb.create_load_balancer(Name="b", Subnets=self.network["subnets"])
        return made["LoadBalancers"][0]

    @cached_property
    def target_groups(self) -> dict[str, str]:
        """The ARNs of blue and green."""
        settings = {"Protocol": "HTTP", "Port": PORT, "VpcId": self.network["vpc"], "TargetType": "ip"}
        made = {name: self.elb.create_target_group(Name=name, **settings) for name in ("blue", "green")}
        return {name: answer["TargetGroups"][0]["TargetGroupArn"] for name, answer in made.items()}

    @cached_property
    def listeners(self) -> dict[int, str]:
        """The ARNs of the listeners on the production port 8000 and the test port 8080, both on blue."""
        return {port: self._listener(port) for port in (8000, 8080)}

    @cached_property
    def role(self) -> str:
        """The ARN of the role that CodeDeploy takes."""
        return service_role(self.client("iam"), f"codedeploy-{self._region}")

    def start(self, tasks: int = 1, *, version: str | None = None, **changes: Any) -> None:
        """Make the service with version 1, or the given task definition, behind blue, and its deployment group."""
        listeners = list(self.listeners.values())
        self.ecs.create_cluster(clusterName=CLUSTER)
        balancer = {"targetGroupArn": self.target_groups["blue"], "containerName": CONTAINER, "containerPort": PORT}
        self.ecs.create_service(
            cluster=CLUSTER,
            serviceName=SERVICE,
            taskDefinition=version or self.version("1"),
            desiredCount=tasks,
            launchType="FARGATE",
            deploymentController={"type": "CODE_DEPLOY"},
            loadBalancers=[balancer],
            networkConfiguration={"awsvpcConfiguration": {"subnets": self.network["subnets"]}},
        )
        self.codedeploy.create_application(applicationName="a", computePlatform="ECS")
        self.codedeploy.create_deployment_group(**{**self._group(listeners), **changes})

    def version(self, name: str, command: Sequence[str] = (), **container: Any) -> str:
        """Put an image that answers its name, or runs the command; return the task definition with it."""
        folder = self._folder / name
        folder.mkdir()
        (folder / "index.html").write_text(name)
        serve = (sys.executable, "-m", "http.server", "--bind", "{address}", "--directory", str(folder), str(PORT))
        line = {"repository": self._repository, "tag": name, "command": command or serve, "environment": {}}
        request = urllib.request.Request(f"{self._endpoint}/_loopback/images", json.dumps(line).encode(), method="PUT")
        urllib.request.urlopen(request).close()
        image = {"name": CONTAINER, "image": f"{REPOSITORY}:{name}", "portMappings": [{"containerPort": PORT}]}
        made = self.ecs.register_task_definition(
            family="f",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            cpu="256",
            memory="512",
            containerDefinitions=[{**image, **container}],
        )
        return made["taskDefinition"]["taskDefinitionArn"]

    def function(self, verdict: str) -> str:
        """Make the hook, which answers `verdict` once the gate is there."""
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            entry = zipfile.ZipInfo("bootstrap")
            entry.external_attr = 0o755 << 16
            archive.writestr(entry, HOOK.format(python=sys.executable, gate=str(self.gate), verdict=verdict))
        self.client("lambda").create_function(
            FunctionName="CodeDeployHook_check",
            Runtime="provided.al2023",
            Handler="bootstrap",
            Role=hook_role(self.client("iam"), f"hook-{self._region}"),
            Timeout=30,
            Code={"ZipFile": content.getvalue()},
        )
        return "CodeDeployHook_check"

    def deploy(self, appspec: str) -> str:
        """Create a deployment; return its id."""
        return self.codedeploy.create_deployment(**GROUP, revision=inline(appspec))["deploymentId"]

    def info(self, deployment_id: str) -> dict[str, Any]:
        return self.codedeploy.get_deployment(deploymentId=deployment_id)["deploymentInfo"]

    def events(self, deployment_id: str) -> dict[str, str]:
        """Return the states of the lifecycle events."""
        ids = {"deploymentId": deployment_id, "targetIds": [f"{CLUSTER}:{SERVICE}"]}
        (target,) = self.codedeploy.batch_get_deployment_targets(**ids)["deploymentTargets"]
        return {event["lifecycleEventName"]: event["status"] for event in target["ecsTarget"]["lifecycleEvents"]}

    def answer(self, port: int) -> str:
        """Return what a visitor of the listener reads, or the status where it is an error."""
        try:
            with urllib.request.urlopen(f"http://{self.balancer['DNSName']}:{port}/", timeout=2) as page:
                return page.read().decode()
        except urllib.error.HTTPError as error:
            return str(error.code)

    def client(self, service: str) -> Any:
        """Return the client of a service; CodeDeploy's checks every response against the service model."""
        client = self._session.create_client(
            service,
            region_name=self._region,
            endpoint_url=self._endpoint,
            aws_access_key_id="any",
            aws_secret_access_key="any",
        )
        if service == "codedeploy":
            watch(client)
        return client

    @cached_property
    def _repository(self) -> str:
        self.client("ecr").create_repository(repositoryName=REPOSITORY)
        return REPOSITORY

    def _listener(self, port: int) -> str:
        action = {"Type": "forward", "TargetGroupArn": self.target_groups["blue"]}
        place = {"LoadBalancerArn": self.balancer["LoadBalancerArn"], "Protocol": "HTTP", "Port": port}
        return self.elb.create_listener(**place, DefaultActions=[action])["Listeners"][0]["ListenerArn"]

    def _group(self, listeners: list[str]) -> dict[str, Any]:
        pair = {
            "targetGroups": [{"name": "blue"}, {"name": "green"}],
            "prodTrafficRoute": {"listenerArns": listeners[:1]},
            "testTrafficRoute": {"listenerArns": listeners[1:]},
        }
        return {
            **GROUP,
            "serviceRoleArn": self.role,
            "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
            "ecsServices": [{"clusterName": CLUSTER, "serviceName": SERVICE}],
            "loadBalancerInfo": {"targetGroupPairInfoList": [pair]},
            "blueGreenDeploymentConfiguration": waits(termination=1),
        }
