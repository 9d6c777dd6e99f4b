"""A hook that ends well and reports nothing."""

from __future__ import annotations

from bluegreen.drills import hook
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    with hook.replaced(scene, "silent"):
        outcome = scene.deploy(scene.good, "--skip-verify").wait()
    scene.rejected(outcome, "did not report at BeforeAllowTraffic", "it ran and ended without a report")


DRILL = Drill(
    name="hook-silent",
    kind="bad hook",
    purpose="The hook ends without a report.",
    play=play,
)
