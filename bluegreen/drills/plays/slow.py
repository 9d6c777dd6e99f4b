"""A version that takes two seconds for an answer."""

from __future__ import annotations

from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

VERSION = misbehaving("slow", "slow:2")


def play(scene: Scene) -> None:
    scene.rejected(scene.deploy(VERSION).wait(), "GET /one: expected", "no answer within")


DRILL = Drill(
    name="slow",
    kind="bad version",
    purpose="Each answer takes two seconds, where half a second is allowed.",
    play=play,
)
