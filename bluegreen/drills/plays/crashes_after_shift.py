"""A task that crashes once all visitors are its own."""

from __future__ import annotations

from bluegreen.drills import crashing, group
from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

VERSION = misbehaving("crashes-after-shift", "crash:100")


def play(scene: Scene) -> None:
    with group.waits(scene.orders, termination=10):
        crashing.taken_back(scene, VERSION, 3)


DRILL = Drill(
    name="crashes-after-shift",
    kind="bad task",
    purpose="All traffic has moved before the program begins to crash.",
    play=play,
    lost_risk="CodeDeployDefault.ECSAllAtOnce",
)
