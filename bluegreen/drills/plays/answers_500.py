"""A version whose route answers 500."""

from __future__ import annotations

from bluegreen.drills.cast import Version
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

BROKEN = Version(tag="answers-500", color="Broken", program="examples/broken_one")


def play(scene: Scene) -> None:
    scene.rejected(scene.deploy(BROKEN).wait(), "GET /one: expected status 200, got status 500")


DRILL = Drill(name="answers-500", kind="bad version", purpose="A route of the new version answers 500.", play=play)
