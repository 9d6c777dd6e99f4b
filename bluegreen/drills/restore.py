"""Leaves a place as a drill found it, whatever the drill did: the next one begins on the same ground."""

from __future__ import annotations

from bluegreen.rehearsal.command_line import CommandLine
from bluegreen.rehearsal.narrator import Narrator
from bluegreen.rehearsal.stage import StageError

from . import cast
from .cast import GOOD
from .place import Place
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
    if orders.tag_of(orders.live.revision()) in {"", *(one.tag for one in GOOD)}:
        until(lambda: _settled(orders), LIMIT, "a settled service")
        return
    tell.say("a bad version is live: a good one is released")
    for version in GOOD:
        cast.push(place.stage, version, orders.settings.repository)
    outcome = CommandLine(place.stage, tell, target).start("deploy", "--image-tag", GOOD[0].tag).wait()
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
