"""An alarm that turns red while a canary has a tenth of the visitors."""

from __future__ import annotations

from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import LIMIT, Scene
from bluegreen.drills.service import until


def play(scene: Scene) -> None:
    running, deployment_id = scene.started(scene.good, "--config", "CodeDeployDefault.ECSCanary10Percent5Minutes")
    scene.until_event(deployment_id, "AllowTraffic")
    alarm = f"{scene.orders.settings.prefix}-blue-latency"
    if scene.orders.settings.alarms.enabled:
        scene.mark(f"{alarm} turns red")
        until(lambda: _noticed(scene, deployment_id, alarm), LIMIT, "an end of the deployment")
    else:
        scene.mark("no alarm watches")
    scene.rejected(running.wait(), alarm, f"traffic now: 100 % to {scene.live}")


def _noticed(scene: Scene, deployment_id: str, alarm: str) -> bool:
    """Set the alarm, and say whether the deployment has stopped.

    CloudWatch takes back what was set when it evaluates the alarm next, which may be before CodeDeploy looks.
    """
    scene.client("cloudwatch").set_alarm_state(AlarmName=alarm, StateValue="ALARM", StateReason="a drill")
    return scene.event(deployment_id, "AllowTraffic") != "InProgress"


DRILL = Drill(
    name="alarm-in-canary",
    kind="bad luck",
    purpose="An alarm turns red, for whatever reason, during a canary step.",
    play=play,
)
