"""A task that listens on another port."""

from __future__ import annotations

from bluegreen.drills import unsteady
from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

VERSION = misbehaving("wrong-port", "other-port")


def play(scene: Scene) -> None:
    unsteady.until_told(scene, VERSION, "Health checks failed")


DRILL = Drill(
    name="wrong-port",
    kind="bad task",
    purpose="The program listens on another port than the task definition says.",
    play=play,
)
