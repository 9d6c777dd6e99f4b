"""Back to the last good version, by hand."""

from __future__ import annotations

from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    before = scene.live
    scene.released(scene.good)
    scene.mark("rollback")
    outcome = scene.start("rollback", "--yes").wait()
    scene.live = scene.orders.live.revision()
    scene.promise("the rollback succeeded", outcome.code == 0, f"exit code {outcome.code}")
    scene.promise("the version before is live again", scene.live == before, scene.live)


DRILL = Drill(
    name="rollback",
    kind="good release",
    purpose="A good version is released, and taken back by hand.",
    play=play,
)
