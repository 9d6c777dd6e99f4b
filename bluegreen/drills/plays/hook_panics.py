"""A hook that panics, as Lambda sees it."""

from __future__ import annotations

from bluegreen.drills import hook
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    with hook.replaced(scene, "panic"):
        outcome = scene.deploy(scene.good, "--skip-verify").wait()
    scene.rejected(outcome, "did not report at BeforeAllowTraffic", "panicked")


DRILL = Drill(
    name="hook-panics",
    kind="bad hook",
    purpose="The hook panics and reports nothing.",
    play=play,
)
