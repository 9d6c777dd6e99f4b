"""Finds the processes that the loopback runs, to kill one of them."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from bluegreen.rehearsal.stage import StageError

from .scene import Scene


def task_of(scene: Scene, revision: str) -> str:
    """Kill one task's process of a revision (family:revision), and return the task's address.

    Raises:
        StageError: it has no process.
    """
    ecs, target = scene.client("ecs"), scene.orders.target
    arns = ecs.list_tasks(cluster=target.cluster, serviceName=target.service)["taskArns"]
    for task in ecs.describe_tasks(cluster=target.cluster, tasks=arns)["tasks"]:
        if task["taskDefinitionArn"].endswith(f"/{revision}") and task["lastStatus"] == "RUNNING":
            address = _address(task)
            _kill(scene, lambda pid, address=address: f"LISTEN_ADDR={address}:" in _read(pid, "environ"))
            return address
    raise StageError(f"no task of {revision} runs")


def load_balancer(scene: Scene) -> None:
    """Kill the process that serves the load balancers.

    Raises:
        StageError: there is none.
    """
    _kill(scene, lambda pid: "/loopback-proxy\0listeners\0" in _read(pid, "cmdline"))


def _address(task: dict[str, list[dict[str, list[dict[str, str]]]]]) -> str:
    details = [detail for attachment in task["attachments"] for detail in attachment["details"]]
    return next(detail["value"] for detail in details if detail["name"] == "privateIPv4Address")


def _kill(scene: Scene, is_it: Callable[[int], bool]) -> None:
    """Kill the one that it is, of what this stage has started: never another's."""
    found = [pid for pid in _of_stage(str(scene.place.stage.folder)) if is_it(pid)]
    if not found:
        raise StageError("the process that is to be killed does not run")
    os.kill(found[0], signal.SIGKILL)


def _of_stage(folder: str) -> Iterator[int]:
    """Every process whose working folder lies in the stage's."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                inside = os.readlink(entry / "cwd").startswith(folder)
            except OSError:  # it has ended, or it is another user's
                continue
            if inside:
                yield int(entry.name)


def _read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text(errors="replace")
    except OSError:
        return ""
