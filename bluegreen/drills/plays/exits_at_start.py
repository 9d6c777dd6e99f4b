"""A task that ends at once."""

from __future__ import annotations

from bluegreen.drills import unsteady
from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

VERSION = misbehaving("exits-at-start", "exit")


def play(scene: Scene) -> None:
    unsteady.until_told(scene, VERSION, "Essential container in task exited", "no DATABASE_URL is set")


DRILL = Drill(
    name="exits-at-start",
    kind="bad task",
    purpose="The program ends as soon as it has begun.",
    play=play,
)
