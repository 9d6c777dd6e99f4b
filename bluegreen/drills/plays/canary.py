"""A good version, to a tenth of the visitors first."""

from __future__ import annotations

from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    scene.released(scene.good, "--config", "CodeDeployDefault.ECSCanary10Percent5Minutes")


DRILL = Drill(
    name="canary",
    kind="good release",
    purpose="A good version gets a tenth of the visitors first, then all.",
    play=play,
)
