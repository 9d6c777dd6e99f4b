"""A task that does not end when it is told."""

from __future__ import annotations

from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

STUBBORN = misbehaving("ignores-sigterm", "stubborn", bad=False)


def play(scene: Scene) -> None:
    good = scene.good
    scene.released(STUBBORN)
    scene.released(good)


DRILL = Drill(
    name="ignores-sigterm",
    kind="bad task",
    purpose="The old version ignores SIGTERM and has to be killed.",
    play=play,
)
