"""A test listener that answers from both versions in turn."""

from __future__ import annotations

from bluegreen.drills import group
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    with group.waits(scene.orders, ready=60):
        running, deployment_id = scene.started(scene.good)
        scene.until_status(deployment_id, "Ready")
        _share(scene)
        scene.command().go_on(deployment_id)
        scene.rejected(running.wait(), f"got {scene.live}")


def _share(scene: Scene) -> None:
    listener = scene.orders.target.test_listener
    groups = {*scene.orders.weights(), *scene.orders.weights(listener)}
    shares = [{"TargetGroupArn": arn, "Weight": 1} for arn in sorted(groups)]
    action = {"Type": "forward", "ForwardConfig": {"TargetGroups": shares}}
    scene.client("elbv2").modify_listener(ListenerArn=listener, DefaultActions=[action])
    scene.mark("the test listener answers from both versions in turn")


DRILL = Drill(
    name="test-listener-on-both",
    kind="bad stage",
    purpose="Somebody lets the test listener answer from both versions in turn.",
    play=play,
)
