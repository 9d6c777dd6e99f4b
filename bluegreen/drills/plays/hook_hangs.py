"""A hook that runs into its time limit."""

from __future__ import annotations

from bluegreen.drills import hook
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    with hook.replaced(scene, "timeout"):
        outcome = scene.deploy(scene.good, "--skip-verify").wait()
    scene.rejected(outcome, "did not report at BeforeAllowTraffic", "Lambda ended it at its time limit")


DRILL = Drill(
    name="hook-hangs",
    kind="bad hook",
    purpose="The hook hangs until Lambda ends it.",
    play=play,
)
