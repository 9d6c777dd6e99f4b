"""A version that answers 200 with another body."""

from __future__ import annotations

from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

VERSION = misbehaving("wrong-body", "wrong-body")


def play(scene: Scene) -> None:
    scene.rejected(scene.deploy(VERSION).wait(), "GET /one: expected", "under construction")


DRILL = Drill(
    name="wrong-body",
    kind="bad version",
    purpose="The status is right, the body is not.",
    play=play,
)
