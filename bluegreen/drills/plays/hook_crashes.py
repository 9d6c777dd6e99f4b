"""A hook whose process dies."""

from __future__ import annotations

from bluegreen.drills import hook
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    with hook.replaced(scene, "crash"):
        outcome = scene.deploy(scene.good, "--skip-verify").wait()
    scene.rejected(outcome, "did not report at BeforeAllowTraffic", "the hook lost its mind")


DRILL = Drill(
    name="hook-crashes",
    kind="bad hook",
    purpose="The hook's process dies while it checks.",
    play=play,
)
