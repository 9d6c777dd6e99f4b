"""An alarm that turns red after all traffic has moved."""

from __future__ import annotations

from bluegreen.drills import group
from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

VERSION = misbehaving("alarm-after-shift", "after:60")


def play(scene: Scene) -> None:
    with group.waits(scene.orders, termination=10):
        scene.rejected(scene.deploy(VERSION).wait(), "5xx", "traffic now: 100 % to")


DRILL = Drill(
    name="alarm-after-shift",
    kind="bad luck",
    purpose="All traffic has moved before the new version turns bad.",
    play=play,
    risk="CodeDeployDefault.ECSAllAtOnce",
)
