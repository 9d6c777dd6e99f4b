"""A person who stops a release, at each moment at which it waits for something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bluegreen.drills import group
from bluegreen.drills.cast import Version, misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import LIMIT, Scene
from bluegreen.drills.service import until

CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
NEVER_READY = misbehaving("never-ready", "slow-start:60")
NEVER_ANSWERS = misbehaving("never-answers", "hang")


def play(scene: Scene) -> None:
    with _stopped(scene, NEVER_READY, "--config", CANARY) as deployment_id:
        scene.until_event(deployment_id, "Install")
    with group.waits(scene.orders, ready=60), _stopped(scene, scene.good) as deployment_id:
        scene.until_status(deployment_id, "Ready")
    with _stopped(scene, NEVER_ANSWERS) as deployment_id:
        scene.until_event(deployment_id, "BeforeAllowTraffic")
    with _stopped(scene, scene.good, "--config", CANARY) as deployment_id:
        scene.until_event(deployment_id, "AllowTraffic")
    with group.waits(scene.orders, termination=30), _stopped(scene, scene.good) as deployment_id:
        until(lambda: scene.status(deployment_id).get("instanceTerminationWaitTimeStarted"), LIMIT, "the last wait")


@contextmanager
def _stopped(scene: Scene, version: Version, *words: str) -> Iterator[str]:
    """Start a release, let the drill wait for its moment, stop it there, and promise that all is as before."""
    running, deployment_id = scene.started(version, *words)
    yield deployment_id
    stopped = scene.stop(deployment_id)
    scene.promise("it is stopped and taken back", stopped.code == 0, f"exit code {stopped.code}")
    scene.rejected(running.wait(), "The deployment was stopped by a user")
    live = scene.orders.live.revision()
    scene.promise("the version before is live", live == scene.live, live)


DRILL = Drill(
    name="stopped-at-every-moment",
    kind="bad luck",
    purpose="A release is stopped by hand at each moment of it.",
    play=play,
)
