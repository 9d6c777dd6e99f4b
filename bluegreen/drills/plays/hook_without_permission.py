"""A hook whose role may not report."""

from __future__ import annotations

from bluegreen.drills import hook
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    with hook.mute(scene):
        outcome = scene.deploy(scene.good, "--skip-verify").wait()
    scene.rejected(outcome, "it could not tell CodeDeploy its verdict", "PutLifecycleEventHookExecutionStatus")


DRILL = Drill(
    name="hook-without-permission",
    kind="bad hook",
    purpose="The hook's role may not report a verdict any more.",
    play=play,
)
