"""An AWS that throttles every other call of the release tool."""

from __future__ import annotations

from bluegreen.drills import throttled
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    version = scene.good
    with throttled.every_other_call(scene.place.stage.endpoint) as (url, refused):
        outcome = scene.deploy(version, more={"AWS_ENDPOINT_URL": url}).wait()
    scene.succeeded(outcome, version)
    scene.promise("calls were throttled throughout", len(refused) > 5, f"{len(refused)} calls")


DRILL = Drill(
    name="api-throttled",
    kind="bad luck",
    purpose="AWS throttles every other call that `bluegreen` makes.",
    play=play,
)
