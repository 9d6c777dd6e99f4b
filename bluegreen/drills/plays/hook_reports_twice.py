"""A hook that says no, and then yes."""

from __future__ import annotations

from bluegreen.drills import hook
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    with hook.replaced(scene, "twice"):
        outcome = scene.deploy(scene.good, "--skip-verify").wait()
    scene.rejected(outcome, "BeforeAllowTraffic")
    said = [line for line in hook.log(scene).splitlines() if line.startswith("reported ")]
    scene.promise("its second report was refused", "reported Succeeded: taken" not in said, ", ".join(said))


DRILL = Drill(
    name="hook-reports-twice",
    kind="bad hook",
    purpose="The hook reports Failed, and Succeeded right after it.",
    play=play,
)
