"""An alarm that turns red while a canary has a tenth of the visitors."""

from __future__ import annotations

from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene


def play(scene: Scene) -> None:
    running, deployment_id = scene.started(scene.good, "--config", "CodeDeployDefault.ECSCanary10Percent5Minutes")
    scene.until_event(deployment_id, "AllowTraffic")
    alarm = f"{scene.orders.settings.prefix}-blue-latency"
    scene.client("cloudwatch").set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="a drill")
    scene.mark(f"{alarm} turns red")
    scene.rejected(running.wait(), alarm, f"traffic now: 100 % to {scene.live}")


DRILL = Drill(
    name="alarm-in-canary",
    kind="bad luck",
    purpose="An alarm turns red, for whatever reason, during a canary step.",
    play=play,
)
