"""Several containers in a task, and the health checks of containers."""

from __future__ import annotations

import json
import sys
import time
import urllib.request
from typing import Any

import pytest

from bluegreen.loopback.ecs import container_health
from bluegreen.loopback.ecs.container_health import HEALTHY, UNHEALTHY, UNKNOWN

from .conftest import CONTAINER, PORT, REPOSITORY, Stage, ask

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STOP = [sys.executable, "-c", "pass"]


def register(stage: Stage, *others: dict[str, Any], **first: Any) -> str:
    """Register a task definition with the API's container and others; return its ARN."""
    image = f"{REPOSITORY}:blue"
    api = {"name": CONTAINER, "image": image, "portMappings": [{"containerPort": PORT}], **first}
    answer = stage.ecs.register_task_definition(
        family=stage.cluster,
        networkMode="awsvpc",
        requiresCompatibilities=["FARGATE"],
        cpu="256",
        memory="512",
        containerDefinitions=[api, *({"image": image, **other} for other in others)],
    )
    return answer["taskDefinition"]["taskDefinitionArn"]


def containers(task: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["name"]: one for one in task["containers"]}


def test_each_container_of_a_task_asks_for_itself(stage: Stage) -> None:
    stage.create_service(register(stage, {"name": "beside", "entryPoint": SLEEP, "essential": False}))
    (task,) = stage.until_steady()
    uri = ask(task)["ECS_CONTAINER_METADATA_URI_V4"]
    with urllib.request.urlopen(uri) as answer:
        assert json.load(answer)["Name"] == CONTAINER
    with urllib.request.urlopen(f"{uri}/task") as answer:
        told = json.load(answer)
    assert [one["Name"] for one in told["Containers"]] == [CONTAINER, "beside"]
    assert told["Limits"] == {"CPU": 0.25, "Memory": 512}


def test_a_task_outlives_a_container_that_is_not_essential(stage: Stage) -> None:
    stage.create_service(register(stage, {"name": "beside", "entryPoint": STOP, "essential": False}))
    (task,) = stage.until_steady()
    stage.eventually(lambda: containers(stage.tasks()[0])["beside"]["lastStatus"] == "STOPPED")
    assert containers(stage.tasks()[0])["beside"]["exitCode"] == 0
    assert ask(task)["TAG"] == "blue"
    assert stage.stopped() == []


def test_an_essential_container_takes_the_task_with_it(stage: Stage) -> None:
    stage.create_service(register(stage, {"name": "beside", "entryPoint": STOP, "essential": True}))
    stage.eventually(stage.stopped)
    stopped = stage.stopped()[0]
    assert stopped["stopCode"] == "EssentialContainerExited"
    assert containers(stopped)["beside"]["exitCode"] == 0
    assert containers(stopped)[CONTAINER]["exitCode"] in (143, 137)


def test_a_task_set_is_steady_once_the_container_check_passes(stage: Stage) -> None:
    check = {
        "command": [
            "CMD-SHELL",
            f"{sys.executable} -S -c 'import socket; socket.create_connection((\"localhost\", 3000), 2)'",
        ]
    }
    stage.create_service(register(stage, healthCheck={**check, "interval": 5}))
    (task,) = stage.until_steady()
    (task,) = stage.tasks()
    assert (task["healthStatus"], containers(task)[CONTAINER]["healthStatus"]) == ("HEALTHY", "HEALTHY")


def test_a_task_whose_container_check_fails_is_replaced(stage: Stage) -> None:
    check = {"command": ["CMD", "/bin/false"], "interval": 5, "retries": 2}
    stage.create_service(register(stage, healthCheck=check))
    stage.eventually(stage.stopped)
    stopped = stage.stopped()[0]
    assert (stopped["stopCode"], stopped["stoppedReason"]) == (
        "ServiceSchedulerInitiated",
        "Task failed container health checks",
    )
    assert stopped["healthStatus"] == "UNHEALTHY"
    assert stage.task_sets()[0]["stabilityStatus"] == "STABILIZING"
    assert any("failed container health checks." in event["message"] for event in stage.service()["events"])


def test_a_crashing_task_that_has_run_is_not_held_back(stage: Stage) -> None:
    """Only tasks that never ran are tried ever later: after three of those the wait alone would be 40 AWS seconds."""
    stage.create_service(register(stage, entryPoint=STOP))
    started = time.monotonic()
    stage.eventually(lambda: len(stage.stopped()) >= 6)
    assert time.monotonic() - started < 10
    assert {one["stopCode"] for one in stage.stopped()} == {"EssentialContainerExited"}
    assert not any("unable to consistently" in event["message"] for event in stage.service()["events"])


@pytest.mark.parametrize(
    ("states", "expected"),
    [([], ""), ([HEALTHY], HEALTHY), ([HEALTHY, UNKNOWN], UNKNOWN), ([UNKNOWN, UNHEALTHY, HEALTHY], UNHEALTHY)],
)
def test_a_task_is_as_healthy_as_its_worst_essential_container(states: list[str], expected: str) -> None:
    assert container_health.of_all(states) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            ["CMD-SHELL", "curl -f http://localhost:80/ || exit 1"],
            ["/bin/sh", "-c", "curl -f http://127.5.0.9:80/ || exit 1"],
        ),
        (["CMD", "probe", "127.0.0.1:80"], ["probe", "127.5.0.9:80"]),
        (["probe", "x"], ["probe", "x"]),
        (["NONE"], []),
    ],
)
def test_a_check_asks_the_task_itself(given: list[str], expected: list[str]) -> None:
    assert container_health.command({"command": given}, "127.5.0.9") == expected
