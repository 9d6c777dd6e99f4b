"""A version that needs longer to start than its grace."""

from __future__ import annotations

from bluegreen.drills import unsteady
from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

VERSION = misbehaving("slow-start", "slow-start:30")


def play(scene: Scene) -> None:
    unsteady.until_told(scene, VERSION, "its tasks fail the load balancer's health checks")


DRILL = Drill(
    name="slow-start",
    kind="bad version",
    purpose="The start takes longer than the grace period of its health checks.",
    play=play,
)
