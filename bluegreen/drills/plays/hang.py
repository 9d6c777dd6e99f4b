"""A version that takes requests and never answers."""

from __future__ import annotations

from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

VERSION = misbehaving("hang", "hang")


def play(scene: Scene) -> None:
    scene.rejected(scene.deploy(VERSION).wait(), "GET /one: expected", "no answer within")


DRILL = Drill(
    name="hang",
    kind="bad version",
    purpose="Requests are taken and never answered.",
    play=play,
)
