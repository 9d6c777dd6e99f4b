"""A version that answers the hook well and fails after its first requests."""

from __future__ import annotations

from bluegreen.drills import group
from bluegreen.drills.cast import misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
VERSION = misbehaving("works-at-first", "after:60")


def play(scene: Scene) -> None:
    with group.waits(scene.orders, termination=5):
        scene.rejected(scene.deploy(VERSION, "--config", CANARY).wait(), "5xx", "traffic now: 100 % to")


DRILL = Drill(
    name="works-at-first",
    kind="bad version",
    purpose="The first 60 requests are answered well, all others with 500.",
    play=play,
    risk=CANARY,
)
