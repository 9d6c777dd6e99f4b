"""An image that nobody has pushed."""

from __future__ import annotations

from bluegreen.drills import unsteady
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

TAG = "nowhere"


def play(scene: Scene) -> None:
    if scene.looks_ahead:
        scene.mark(f"deploy {TAG}")
        scene.refused(scene.start("deploy", "--image-tag", TAG).wait(), TAG)
    unsteady.by_another_client(scene, TAG, "CannotPullContainerError", TAG)


DRILL = Drill(
    name="image-missing",
    kind="bad task",
    purpose="The image was never pushed: when `bluegreen` looks, and when tasks start.",
    play=play,
)
