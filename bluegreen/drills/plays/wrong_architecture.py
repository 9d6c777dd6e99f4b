"""An image for another machine."""

from __future__ import annotations

from bluegreen.drills.cast import Version
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

OTHER = Version(tag="wrong-architecture", color="Grey", other_machine=True)


def play(scene: Scene) -> None:
    scene.refused(scene.deploy(OTHER).wait(), "arm64", "amd64")


DRILL = Drill(
    name="wrong-architecture",
    kind="bad task",
    purpose="The image is for another architecture than the tasks.",
    play=play,
)
