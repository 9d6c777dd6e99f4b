"""A load balancer that is gone for a moment."""

from __future__ import annotations

from bluegreen.drills import killing
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    version = scene.good
    running, deployment_id = scene.started(version, "--config", "CodeDeployDefault.ECSCanary10Percent5Minutes")
    scene.until_event(deployment_id, "AllowTraffic")
    killing.load_balancer(scene)
    scene.mark("the load balancer's process is killed")
    scene.succeeded(running.wait(), version)


DRILL = Drill(
    name="proxy-restarted",
    kind="bad luck",
    purpose="The load balancer's process is killed while traffic moves.",
    play=play,
    lost_for=3.0,
)
