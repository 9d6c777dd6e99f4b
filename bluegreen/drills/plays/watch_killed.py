"""A release tool that is killed while it watches."""

from __future__ import annotations

from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    version = scene.good
    running, deployment_id = scene.started(version, "--config", "CodeDeployDefault.ECSCanary10Percent5Minutes")
    scene.until_event(deployment_id, "AllowTraffic")
    running.process.kill()
    scene.mark("bluegreen is killed")
    scene.succeeded(scene.start("watch", deployment_id).wait(), version)


DRILL = Drill(
    name="watch-killed",
    kind="bad luck",
    purpose="`bluegreen` is killed while it watches a canary.",
    play=play,
)
