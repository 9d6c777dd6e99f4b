"""A version that leaks memory until it is killed."""

from __future__ import annotations

from bluegreen.drills import unsteady
from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

VERSION = misbehaving("leaks-memory", "leak")


def play(scene: Scene) -> None:
    # No alarm of a target group counts what the load balancer answers in a dead task's place: a person stops it.
    unsteady.until_told(scene, VERSION, "Essential container in task exited", "exit code 137")


DRILL = Drill(
    name="leaks-memory",
    kind="bad version",
    purpose="Each request leaks memory until the task is killed.",
    play=play,
    lost_for=8.0,
    lost_share=0.1,
)
