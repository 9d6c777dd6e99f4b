"""A task that crashes once it has some visitors."""

from __future__ import annotations

from bluegreen.drills import unsteady
from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

VERSION = misbehaving("crashes-under-load", "crash:100")


def play(scene: Scene) -> None:
    # No alarm of a target group counts what the load balancer answers in a dead task's place: a person stops it.
    unsteady.until_told(scene, VERSION, "Essential container in task exited", "exit code 3")


DRILL = Drill(
    name="crashes-under-load",
    kind="bad task",
    purpose="The program crashes after a hundred requests.",
    play=play,
    lost_for=8.0,
    lost_share=0.1,
)
