"""A task of the new version that dies while traffic moves."""

from __future__ import annotations

from bluegreen.drills import capacity, killing
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    capacity.scale(scene, 2)
    version = scene.good
    running, deployment_id = scene.started(version, "--config", "CodeDeployDefault.ECSLinear10PercentEvery1Minutes")
    scene.until_event(deployment_id, "AllowTraffic")
    address = killing.task_of(scene, scene.revision(deployment_id))
    scene.mark(f"the task at {address} is killed")
    scene.succeeded(running.wait(), version)


DRILL = Drill(
    name="task-dies-in-shift",
    kind="bad luck",
    purpose="One of two tasks of the new version is killed while traffic moves.",
    play=play,
    lost_for=1.0,
    lost_share=0.5,
)
