"""A version that leaks memory until it is killed."""

from __future__ import annotations

from bluegreen.drills import crashing
from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
VERSION = misbehaving("leaks-memory", "leak")


def play(scene: Scene) -> None:
    crashing.taken_back(scene, VERSION, 137, "--config", CANARY)


DRILL = Drill(
    name="leaks-memory",
    kind="bad version",
    purpose="Each request leaks memory until the task is killed.",
    play=play,
    lost_risk=CANARY,
)
