"""A test listener that answers from the live version."""

from __future__ import annotations

from bluegreen.drills import group
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene
from bluegreen.rehearsal import gate


def play(scene: Scene) -> None:
    with group.waits(scene.orders, ready=60):
        running, deployment_id = scene.started(scene.good)
        scene.until_status(deployment_id, "Ready")
        name = gate.move_test_listener_to_live(scene.place.stage.client, scene.orders.target)
        scene.mark(f"the test listener is pointed at {name}")
        scene.command().go_on(deployment_id)
        scene.rejected(running.wait(), f"answered by {scene.live}", "is under deployment")


DRILL = Drill(
    name="test-listener-on-live",
    kind="bad stage",
    purpose="Somebody points the test listener back at the live version.",
    play=play,
)
