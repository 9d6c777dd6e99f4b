"""A service that scales out while traffic moves."""

from __future__ import annotations

from bluegreen.drills import capacity
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    version = scene.good
    running, deployment_id = scene.started(version, "--config", "CodeDeployDefault.ECSLinear10PercentEvery1Minutes")
    scene.until_event(deployment_id, "AllowTraffic")
    capacity.scale(scene, 3)
    scene.succeeded(running.wait(), version)


DRILL = Drill(
    name="scaling-in-shift",
    kind="bad luck",
    purpose="The service scales out while traffic moves.",
    play=play,
)
