"""A hook that reports when the release is over."""

from __future__ import annotations

from bluegreen.drills import hook
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import LIMIT, Scene
from bluegreen.drills.service import until


def play(scene: Scene) -> None:
    with hook.replaced(scene, "late"):
        running, deployment_id = scene.started(scene.good, "--skip-verify")
        scene.until_event(deployment_id, "BeforeAllowTraffic")
        scene.stop(deployment_id)
        scene.rejected(running.wait(), "The deployment was stopped by a user")
        until(lambda: "reported Succeeded" in hook.log(scene), LIMIT, "a report of the hook")
    said = [line for line in hook.log(scene).splitlines() if line.startswith("reported Succeeded")]
    scene.promise("its report was refused", all("refused" in line for line in said), ", ".join(said))


DRILL = Drill(
    name="hook-reports-late",
    kind="bad hook",
    purpose="The hook reports Succeeded after the release was stopped.",
    play=play,
)
