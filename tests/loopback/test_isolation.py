"""Loopbacks beside each other, and releases beside each other in one loopback."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from bluegreen.loopback.addresses import Addresses

from . import victims
from .codedeploy.live_stage import CLUSTER, CONTAINER, PORT, LiveStage
from .codedeploy.story import appspec, inline, waits
from .ecs.conftest import Stage, ask, make_world
from .program import Program

Eventually = Callable[..., None]
NAMES = ("shop", "search", "mail")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Program]]:
    """Return a function that starts one more loopback; all end with the test."""
    running: list[Program] = []

    def one_more() -> Program:
        running.append(Program(tmp_path / str(len(running)), minute="1s"))
        return running[-1]

    yield one_more
    for program in running:
        if program.child.poll() is None:
            program.end()


def test_loopbacks_beside_each_other_share_nothing(start: Callable[[], Program], eventually: Eventually) -> None:
    programs = [start() for _ in range(3)]
    assert len({program.ready["addresses"] for program in programs}) == 3
    stages = [Stage(world=make_world(program), eventually=eventually, cluster="same") for program in programs]
    for stage in stages:
        stage.create_service(stage.register())
    tasks = [stage.until_steady() for stage in stages]
    hosts = [ask(task)["HOST"] for (task,) in tasks]
    blocks = [program.ready["addresses"].removesuffix("0.0/16") for program in programs]
    assert all(host.startswith(block) for host, block in zip(hosts, blocks, strict=True))
    stages[0].ecs.update_service(**stages[0].here, desiredCount=0)
    eventually(lambda: stages[0].tasks() == [])
    assert [len(stage.tasks()) for stage in stages[1:]] == [1, 1]


def test_a_killed_loopback_gives_its_addresses_back_and_takes_nobody_elses(start: Callable[[], Program]) -> None:
    first, second = start(), start()
    first.end(signal.SIGKILL)
    third = start()
    assert third.ready["addresses"] != second.ready["addresses"]
    assert second.client("ecs").list_clusters()["clusterArns"] == []


def test_blocks_of_addresses_are_claimed_by_one_holder_at_a_time() -> None:
    held = [Addresses() for _ in range(20)]
    assert len({one.slot for one in held}) == 20
    gone = held.pop()
    gone.close()
    again = Addresses()
    assert again.slot not in {one.slot for one in held}
    for one in (*held, again):
        one.close()


class Shops:
    """Several services with a deployment group each, in one cluster behind one load balancer."""

    def __init__(self, live: LiveStage) -> None:
        self.live = live
        live.ecs.create_cluster(clusterName=CLUSTER)
        live.codedeploy.create_application(applicationName="a", computePlatform="ECS")
        self.ports = {name: 8000 + number for number, name in enumerate(NAMES)}
        for name in NAMES:
            self._open(name)

    def deploy(self, name: str, version: str) -> str:
        """Release a version of one; return the deployment's id."""
        revision = inline(appspec(version))
        group = {"applicationName": "a", "deploymentGroupName": name}
        return self.live.codedeploy.create_deployment(**group, revision=revision)["deploymentId"]

    def scale(self, name: str, count: int) -> None:
        self.live.ecs.update_service(cluster=CLUSTER, service=name, desiredCount=count)

    def task_sets(self) -> dict[str, list[int]]:
        """Return how many tasks run in each task set of each service."""
        services = self.live.ecs.describe_services(cluster=CLUSTER, services=list(NAMES))["services"]
        return {one["serviceName"]: [task_set["runningCount"] for task_set in one["taskSets"]] for one in services}

    def answers(self) -> dict[str, str]:
        """Return what the visitors of each read."""
        return {name: self.live.answer(port) for name, port in self.ports.items()}

    def _open(self, name: str) -> None:
        live = self.live
        settings = {"Protocol": "HTTP", "Port": PORT, "VpcId": live.network["vpc"], "TargetType": "ip"}
        groups = [f"{name}-{colour}" for colour in ("blue", "green")]
        arns = [
            live.elb.create_target_group(Name=one, **settings)["TargetGroups"][0]["TargetGroupArn"] for one in groups
        ]
        place = {"LoadBalancerArn": live.balancer["LoadBalancerArn"], "Protocol": "HTTP", "Port": self.ports[name]}
        action = {"Type": "forward", "TargetGroupArn": arns[0]}
        listener = live.elb.create_listener(**place, DefaultActions=[action])["Listeners"][0]["ListenerArn"]
        live.ecs.create_service(
            cluster=CLUSTER,
            serviceName=name,
            taskDefinition=live.version(f"{name}-1"),
            desiredCount=1,
            launchType="FARGATE",
            healthCheckGracePeriodSeconds=600,
            deploymentController={"type": "CODE_DEPLOY"},
            loadBalancers=[{"targetGroupArn": arns[0], "containerName": CONTAINER, "containerPort": PORT}],
            networkConfiguration={"awsvpcConfiguration": {"subnets": live.network["subnets"]}},
        )
        pair = {"targetGroups": [{"name": one} for one in groups], "prodTrafficRoute": {"listenerArns": [listener]}}
        live.codedeploy.create_deployment_group(**self._group(name, pair))

    def _group(self, name: str, pair: dict[str, Any]) -> dict[str, Any]:
        return {
            "applicationName": "a",
            "deploymentGroupName": name,
            "serviceRoleArn": self.live.role,
            "deploymentConfigName": "CodeDeployDefault.ECSCanary10Percent5Minutes",
            "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
            "ecsServices": [{"clusterName": CLUSTER, "serviceName": name}],
            "loadBalancerInfo": {"targetGroupPairInfoList": [pair]},
            "blueGreenDeploymentConfiguration": waits(termination=0),
        }


@pytest.mark.slow
def test_groups_release_beside_each_other_and_a_scale_out_meanwhile_stays(
    start: Callable[[], Program], tmp_path: Path, eventually: Eventually
) -> None:
    program = start()
    pages = tmp_path / "pages"
    pages.mkdir()
    live = LiveStage(program.endpoint, "us-east-1", pages)
    shops = Shops(live)
    eventually(lambda: shops.answers() == {name: f"{name}-1" for name in NAMES})
    releases = {name: shops.deploy(name, live.version(f"{name}-2")) for name in NAMES}
    with pytest.raises(ClientError, match="already has an active Deployment"):
        shops.deploy("mail", live.version("mail-3"))
    eventually(lambda: {live.info(one)["status"] for one in releases.values()} == {"InProgress"})
    shops.scale("shop", 2)
    eventually(lambda: {live.info(one)["status"] for one in releases.values()} == {"Succeeded"}, 60.0)
    assert shops.answers() == {name: f"{name}-2" for name in NAMES}
    eventually(lambda: len(victims.tasks(program.child.pid)) == len(NAMES) + 1)
    eventually(lambda: shops.task_sets() == {"shop": [2], "search": [1], "mail": [1]})
