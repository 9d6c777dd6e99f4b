"""Tasks as real processes."""

from __future__ import annotations

import json
import signal
import socket
import sys
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.program import Program

from .conftest import CONTAINER, LOGS, PORT, Stage, address, ask, make_world

STREAM = {"awslogs-group": LOGS, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "api"}


def test_a_service_runs_its_tasks_on_addresses_of_their_own(stage: Stage) -> None:
    stage.create_service(stage.register(), desiredCount=2)
    tasks = stage.until_steady()
    assert len({address(task) for task in tasks}) == 2
    stage.eventually(lambda: [ask(task)["HOST"] for task in tasks] == [address(task) for task in tasks])
    assert {stage.target(stage.blue, task) for task in tasks} == {"healthy"}


def test_a_task_has_the_environment_of_its_image_and_then_of_its_definition(stage: Stage) -> None:
    stage.put_image("green", SHARED="image", ONLY="image")
    stage.create_service(stage.register("green", environment=[{"name": "SHARED", "value": "definition"}]))
    (task,) = stage.until_steady()
    told = ask(task)
    assert (told["SHARED"], told["ONLY"], told["AWS_REGION"]) == ("definition", "image", "us-east-1")


def test_a_task_reads_its_revision_from_the_metadata_endpoint(stage: Stage) -> None:
    stage.register()
    stage.create_service(stage.register())
    (task,) = stage.until_steady()
    with urllib.request.urlopen(f"{ask(task)['ECS_CONTAINER_METADATA_URI_V4']}/task") as answer:
        told = json.load(answer)
    assert (told["Family"], told["Revision"], told["TaskARN"]) == (stage.cluster, "2", task["taskArn"])
    assert told["Containers"][0]["Name"] == CONTAINER


def test_what_a_task_prints_goes_to_its_log_group(stage: Stage) -> None:
    stage.create_service(stage.register(logConfiguration={"logDriver": "awslogs", "options": STREAM}))
    (task,) = stage.until_steady()
    stream = f"api/{CONTAINER}/{task['taskArn'].rsplit('/', 1)[-1]}"
    logs = stage.client("logs")

    def lines() -> list[str]:
        events = logs.get_log_events(logGroupName=LOGS, logStreamName=stream)["events"]
        return [event["message"] for event in events]

    stage.eventually(lambda: lines() == [f"listening on {address(task)}"])


def test_a_task_that_exits_is_replaced(stage: Stage) -> None:
    stage.create_service(stage.register())
    (first,) = stage.until_steady()
    with suppress(OSError):
        ask(first, "/exit")
    stage.eventually(stage.stopped)
    (stopped,) = stage.stopped()
    assert stopped["stopCode"] == "EssentialContainerExited"
    assert stopped["stoppedReason"] == "Essential container in task exited"
    assert stopped["containers"][0]["exitCode"] == 3
    assert stage.target(stage.blue, first) in ("draining", "not registered")
    (second,) = stage.until_steady()
    assert second["taskArn"] != first["taskArn"]
    assert stage.service()["runningCount"] == 1


def test_a_task_whose_target_is_unhealthy_is_replaced(stage: Stage) -> None:
    stage.create_service(stage.register())
    (first,) = stage.until_steady()
    ask(first, "/break")
    stage.eventually(stage.stopped)
    reason = f"Task failed ELB health checks in (target-group {stage.blue})"
    assert stage.stopped()[0]["stoppedReason"] == reason
    (service,) = stage.ecs.describe_services(cluster=stage.cluster, services=["api"])["services"]
    told = f"is unhealthy in (target-group {stage.blue}) due to (reason Health checks failed with these codes: [500])"
    assert any(one["message"].endswith(told) for one in service["events"]), service["events"]
    (second,) = stage.until_steady()
    assert second["taskArn"] != first["taskArn"]


def test_a_task_stopped_by_hand_is_replaced(stage: Stage) -> None:
    stage.create_service(stage.register())
    (first,) = stage.until_steady()
    stage.ecs.stop_task(cluster=stage.cluster, task=first["taskArn"], reason="drill")
    stage.eventually(stage.stopped)
    assert (stage.stopped()[0]["stopCode"], stage.stopped()[0]["stoppedReason"]) == ("UserInitiated", "drill")
    (second,) = stage.until_steady()
    assert second["taskArn"] != first["taskArn"]
    (cluster,) = stage.ecs.describe_clusters(clusters=[stage.cluster])["clusters"]
    assert (cluster["activeServicesCount"], cluster["runningTasksCount"]) == (1, 1)


def test_an_unknown_image_is_named_in_the_stopped_reason(stage: Stage) -> None:
    stage.create_service(stage.register("absent"))
    stage.eventually(stage.stopped)
    stopped = stage.stopped()[0]
    assert stopped["stopCode"] == "TaskFailedToStart"
    assert stopped["stoppedReason"].startswith("CannotPullContainerError: ")
    assert "service-rust:absent" in stopped["stoppedReason"]
    told = [event["message"] for event in stage.service()["events"]]
    assert any("is unable to consistently start tasks successfully." in message for message in told)
    assert stage.task_sets()[0]["stabilityStatus"] == "STABILIZING"


def test_an_image_for_another_machine_ends_as_soon_as_it_is_started(stage: Stage) -> None:
    stage.put_image("other", architecture="arm64")
    stage.create_service(stage.register("other", logConfiguration={"logDriver": "awslogs", "options": STREAM}))
    stage.eventually(stage.stopped)
    stopped = stage.stopped()[0]
    assert (stopped["stopCode"], stopped["containers"][0]["exitCode"]) == ("EssentialContainerExited", 1)
    stream = f"api/{CONTAINER}/{stopped['taskArn'].rpartition('/')[2]}"
    (written,) = stage.client("logs").get_log_events(logGroupName=LOGS, logStreamName=stream)["events"]
    assert written["message"] == f"exec {sys.executable}: exec format error"


def test_an_image_for_the_machine_that_the_definition_names_runs(stage: Stage) -> None:
    stage.put_image("arm", architecture="arm64")
    stage.create_service(stage.register("arm", platform={"cpuArchitecture": "ARM64"}))
    (task,) = stage.until_steady()
    assert ask(task)["TAG"] == "arm"


def test_a_missing_log_group_keeps_a_task_from_running(stage: Stage) -> None:
    options = {**STREAM, "awslogs-group": "/ecs/absent"}
    stage.create_service(stage.register(logConfiguration={"logDriver": "awslogs", "options": options}))
    stage.eventually(stage.stopped)
    assert stage.stopped()[0]["stoppedReason"].startswith("ResourceInitializationError: ")


def test_a_task_that_ignores_sigterm_is_killed_after_its_stop_timeout(stage: Stage) -> None:
    stage.put_image("stubborn", STUBBORN="yes")
    stage.create_service(stage.register("stubborn", stopTimeout=15))
    stage.eventually(lambda: ask(stage.until_steady()[0]))
    stage.ecs.update_service(**stage.here, desiredCount=0)
    stage.eventually(stage.stopped)
    assert stage.stopped()[0]["containers"][0]["exitCode"] == 137


def test_a_task_is_drained_before_it_is_told_to_stop(stage: Stage) -> None:
    stage.create_service(stage.register())
    (task,) = stage.until_steady()
    ask(task)
    stage.ecs.update_service(**stage.here, desiredCount=0)
    stage.eventually(lambda: stage.target(stage.blue, task) == "draining")
    assert ask(task)["HOST"] == address(task)
    stage.eventually(stage.stopped)
    stopped = stage.stopped()[0]
    assert stopped["stopCode"] == "ServiceSchedulerInitiated"
    assert stopped["containers"][0]["exitCode"] == 143


def test_a_killed_loopback_leaves_no_task(tmp_path: Path, eventually: Callable[..., None]) -> None:
    program = Program(tmp_path)
    stage = Stage(world=make_world(program), eventually=eventually)
    stage.create_service(stage.register())
    (task,) = stage.until_steady()
    eventually(lambda: answers(task))
    program.end(signal.SIGKILL)
    eventually(lambda: not answers(task))
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address(task), PORT), timeout=1)


def answers(task: dict[str, Any]) -> bool:
    try:
        return bool(ask(task))
    except OSError:
        return False
