"""Two services of one environment, released at the same time."""

from __future__ import annotations

from bluegreen.drills import cast
from bluegreen.drills.cast import BLUE, GREEN
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene
from bluegreen.rehearsal.visitors import Visitors

RATE = 20
"""Requests a second to the other service."""


def play(scene: Scene) -> None:
    billing = scene.place.billing
    other = BLUE if billing.tag_of(billing.live.revision()) != BLUE.tag else GREEN
    cast.push(scene.place.stage, other, billing.settings.repository)
    visitors = Visitors(billing.url, rate=RATE)
    visitors.start()
    try:
        running = scene.start("deploy", "--image-tag", other.tag, service=billing)
        scene.released(scene.good)
        outcome = running.wait()
    finally:
        visits = visitors.stop()
    dropped = sum(visit.dropped for visit in visits)
    families = {(visit.task_definition or "").partition(":")[0] for visit in visits}
    scene.promise("the other service was released too", outcome.code == 0, f"exit code {outcome.code}")
    scene.promise("no request to the other service was dropped", not dropped, f"{dropped} of {len(visits)}")
    scene.promise("none of them met this service", families == {billing.target.family}, ", ".join(sorted(families)))


DRILL = Drill(
    name="second-service",
    kind="good release",
    purpose="Another service of the environment is released at the same time.",
    play=play,
)
