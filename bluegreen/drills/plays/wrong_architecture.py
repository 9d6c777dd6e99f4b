"""An image for another machine."""

from __future__ import annotations

from bluegreen.drills import unsteady
from bluegreen.drills.cast import Version
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

OTHER = Version(tag="wrong-architecture", color="Grey", other_machine=True)


def play(scene: Scene) -> None:
    scene.push(OTHER)
    if scene.looks_ahead:
        scene.refused(scene.deploy(OTHER).wait(), "arm64", "amd64")
    unsteady.by_another_client(scene, OTHER.tag, "exec format error")


DRILL = Drill(
    name="wrong-architecture",
    kind="bad task",
    purpose="The image is for another architecture than the tasks: when `bluegreen` looks, and when tasks start.",
    play=play,
)
