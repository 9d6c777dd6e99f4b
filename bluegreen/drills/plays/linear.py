"""A good version, a tenth more at a time."""

from __future__ import annotations

from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    scene.released(scene.good, "--config", "CodeDeployDefault.ECSLinear10PercentEvery1Minutes")


DRILL = Drill(
    name="linear",
    kind="good release",
    purpose="A good version gets a tenth of the visitors more each minute.",
    play=play,
)
