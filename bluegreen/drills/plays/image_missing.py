"""An image that nobody has pushed."""

from __future__ import annotations

from bluegreen.drills import another_client, unsteady
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import Scene

TAG = "nowhere"


def play(scene: Scene) -> None:
    scene.mark(f"deploy {TAG}")
    scene.refused(scene.start("deploy", "--image-tag", TAG).wait(), TAG)
    _missing_when_tasks_start(scene)


def _missing_when_tasks_start(scene: Scene) -> None:
    """Release it past `bluegreen deploy`, and promise that it gets no further than Install."""
    deployment_id = another_client.deploy(scene, f"{scene.orders.target.repository}:{TAG}")
    watch = scene.start("watch", deployment_id)
    unsteady.stopped_when_told(scene, watch, deployment_id, "CannotPullContainerError", TAG)
    ended = {name: scene.event(deployment_id, name) for name in ("Install", "AllowTestTraffic", "AllowTraffic")}
    told = ", ".join(f"{name} {status}" for name, status in ended.items())
    scene.promise("it got no further than Install", list(ended.values()) == ["Failed", "Skipped", "Skipped"], told)


DRILL = Drill(
    name="image-missing",
    kind="bad task",
    purpose="The image was never pushed: when `bluegreen` looks, and when tasks start.",
    play=play,
)
