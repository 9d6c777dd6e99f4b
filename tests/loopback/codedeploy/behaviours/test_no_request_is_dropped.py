"""Behaviour 20 of codedeploy-ecs.md §12: visitors through a whole shift, and how the tasks that they leave end."""

from __future__ import annotations

import http.client
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.loopback.codedeploy.live_stage import CLUSTER, PORT, LiveStage
from tests.loopback.codedeploy.story import appspec, waits

PROGRAM = Path(__file__).with_name("stubborn_task.py")
QUARTERS = {"type": "TimeBasedLinear", "timeBasedLinear": {"linearPercentage": 25, "linearInterval": 1}}
VISITORS = 4
SECONDS_A_SECOND = 30  # AWS seconds that a second takes here
STOP_TIMEOUT = 60


@contextmanager
def visitors(host: str) -> Iterator[Counter[tuple[int, str]]]:
    """Visit on kept connections until the end of the context; count the answers, and each new connection as -1."""
    seen: Counter[tuple[int, str]] = Counter()
    over = threading.Event()

    def visit() -> None:
        connection = http.client.HTTPConnection(host, 8000, timeout=10)
        connection.connect()
        socket = connection.sock
        while not over.is_set():
            connection.request("GET", "/visit")
            answer = connection.getresponse()
            seen[answer.status, answer.read().decode()] += 1
            if connection.sock is not socket:
                seen[-1, "reconnected"] += 1
                socket = connection.sock

    threads = [threading.Thread(target=visit) for _ in range(VISITORS)]
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_12_20_no_visitor_on_a_kept_connection_is_dropped_and_sigterm_comes_after_the_drain(
    live: LiveStage, tmp_path: Path, eventually: Callable[..., None]
) -> None:
    book = tmp_path / "book"
    book.touch()
    command = (sys.executable, str(PROGRAM), "1", "{address}", str(PORT), str(book))
    live.codedeploy.create_deployment_config(
        deploymentConfigName="quarters", computePlatform="ECS", trafficRoutingConfig=QUARTERS
    )
    live.start(
        version=live.version("1", command, stopTimeout=STOP_TIMEOUT),
        deploymentConfigName="quarters",
        blueGreenDeploymentConfiguration=waits(termination=0),
    )
    delay = {"Key": "deregistration_delay.timeout_seconds", "Value": "60"}
    live.elb.modify_target_group_attributes(TargetGroupArn=live.target_groups["blue"], Attributes=[delay])
    eventually(lambda: live.answer(8000) == "1")
    two = tmp_path / "second"
    next_one = (sys.executable, str(PROGRAM), "2", "{address}", str(PORT), str(two))
    drained = True

    def ended() -> bool:
        nonlocal drained
        if "SIGTERM" in book.read_text() and "draining" in _targets(live):
            drained = False
        return live.info(made)["status"] == "Succeeded" and bool(_stopped(live))

    with visitors(live.balancer["DNSName"]) as seen:
        made = live.deploy(appspec(live.version("2", next_one)))
        eventually(ended, 90)

    assert drained
    assert set(seen) == {(200, "1"), (200, "2")}
    assert min(seen.values()) > 100
    lines = book.read_text().split()
    assert (lines.count("SIGTERM"), lines[-1]) == (1, "SIGTERM")
    (task,) = _stopped(live)
    assert task["containers"][0]["exitCode"] == 137
    assert (task["stoppedAt"] - task["stoppingAt"]).total_seconds() >= STOP_TIMEOUT / SECONDS_A_SECOND


def _targets(live: LiveStage) -> list[str]:
    """Return the states of the targets that the visitors leave."""
    found = live.elb.describe_target_health(TargetGroupArn=live.target_groups["blue"])["TargetHealthDescriptions"]
    return [one["TargetHealth"]["State"] for one in found]


def _stopped(live: LiveStage) -> list[dict[str, Any]]:
    arns = live.ecs.list_tasks(cluster=CLUSTER, desiredStatus="STOPPED")["taskArns"]
    tasks = live.ecs.describe_tasks(cluster=CLUSTER, tasks=arns)["tasks"] if arns else []
    return [task for task in tasks if task["lastStatus"] == "STOPPED"]
