"""Leaves a place as a drill found it, whatever the drill did: the next one begins on the same ground."""

from __future__ import annotations

from contextlib import nullcontext

from bluegreen.rehearsal.narrator import Narrator
from bluegreen.rehearsal.stage import StageError

from . import hook
from .cast import GOOD, GREEN
from .place import Place
from .scene import Scene
from .service import Service, until

LIMIT = 90.0


def restore(place: Place, tell: Narrator) -> None:
    """Stop what runs, see that a good version is live with all traffic, and wait until no alarm is red.

    Raises:
        StageError: it cannot be brought about; the place is of no more use.
    """
    orders = place.orders
    _end_deployments(orders)
    target = orders.target
    client = place.stage.client
    client("ecs").update_service(cluster=target.cluster, service=target.service, desiredCount=1)
    until(lambda: not orders.red_alarms(), LIMIT, "an alarm that is OK again")
    if orders.tag_of(orders.live.revision()) not in {"", *(one.tag for one in GOOD)}:
        _replace_bad(Scene(place, tell))
    until(lambda: _settled(orders), LIMIT, "a settled service")


def _replace_bad(scene: Scene) -> None:
    scene.tell.say("a bad version is live: a good one is released")
    # The article's hook would ask the bad version, and turn the good one down for it.
    with hook.replaced(scene, "pass") if scene.place.variant == "article" else nullcontext():
        outcome = scene.deploy(GREEN).wait()
    if outcome.code:
        raise StageError(f"no good version can be released any more: {outcome.lines[-1:]}")


def _end_deployments(orders: Service) -> None:
    codedeploy = orders.stage.client("codedeploy")
    for deployment_id in orders.active():
        codedeploy.stop_deployment(deploymentId=deployment_id, autoRollbackEnabled=True)
    until(lambda: not orders.active(), LIMIT, "the end of what was stopped")


def _settled(orders: Service) -> bool:
    described = orders.described()
    return len(described["taskSets"]) == 1 and described["runningCount"] == described["desiredCount"] == 1
