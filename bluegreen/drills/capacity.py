"""How many tasks the service wants, changed as auto scaling or a person would."""

from __future__ import annotations

from .scene import LIMIT, Scene
from .service import until


def scale(scene: Scene, count: int) -> None:
    """Want so many tasks, and wait until they run; the drill is to end with as many."""
    target = scene.orders.target
    scene.client("ecs").update_service(cluster=target.cluster, service=target.service, desiredCount=count)
    scene.mark(f"the service wants {count} tasks")
    scene.desired = count
    until(lambda: scene.orders.described()["runningCount"] >= count, LIMIT, f"{count} tasks")
