"""A version that only its health check finds well."""

from __future__ import annotations

from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

VERSION = misbehaving("right-on-health-only", "health-only")


def play(scene: Scene) -> None:
    scene.rejected(scene.deploy(VERSION).wait(), "GET /one: expected status 200, got status 404")


DRILL = Drill(
    name="right-on-health-only",
    kind="bad version",
    purpose="Only /health answers as it should.",
    play=play,
)
