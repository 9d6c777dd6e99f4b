"""A second release while the first is under way."""

from __future__ import annotations

from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    version = scene.good
    running, deployment_id = scene.started(version, "--config", "CodeDeployDefault.ECSCanary10Percent5Minutes")
    scene.mark("a second deploy")
    second = scene.start("deploy", "--image-tag", version.tag).wait()
    scene.refused(second, "already has an active deployment", deployment_id)
    scene.succeeded(running.wait(), version)


DRILL = Drill(
    name="two-releases-at-once",
    kind="bad luck",
    purpose="Somebody else starts a release while one is under way.",
    play=play,
)
