"""A task that crashes once it has some visitors."""

from __future__ import annotations

from bluegreen.drills import crashing
from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
VERSION = misbehaving("crashes-under-load", "crash:30")


def play(scene: Scene) -> None:
    crashing.taken_back(scene, VERSION, 3, "--config", CANARY)


DRILL = Drill(
    name="crashes-under-load",
    kind="bad task",
    purpose="The program crashes after thirty requests, again and again.",
    play=play,
    lost_risk=CANARY,
)
