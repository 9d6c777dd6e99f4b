"""Twenty releases, one after the other."""

from __future__ import annotations

from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

TIMES = 20


def play(scene: Scene) -> None:
    for _ in range(TIMES):
        scene.released(scene.good)


DRILL = Drill(
    name="twenty-in-a-row",
    kind="good release",
    purpose="Twenty good versions are released, one after the other.",
    play=play,
    long=True,
)
