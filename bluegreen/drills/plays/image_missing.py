"""An image that nobody has pushed."""

from __future__ import annotations

from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    scene.mark("deploy nowhere")
    scene.refused(scene.start("deploy", "--image-tag", "nowhere").wait(), "nowhere")


DRILL = Drill(
    name="image-missing",
    kind="bad task",
    purpose="The image was never pushed.",
    play=play,
)
