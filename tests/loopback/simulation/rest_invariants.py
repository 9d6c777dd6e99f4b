"""What holds at rest, when no deployment is under way."""

from __future__ import annotations

from bluegreen.loopback.codedeploy.deployment import Deployment, Status

from .facts import positive
from .simulated_account import PRODUCTION
from .traffic_invariants import PAIR
from .world import World


def primary_and_listener_agree(world: World) -> str | None:
    """All production traffic of the pair goes to the primary task set's target group.

    Scope: after a release that succeeded or was rolled back; not for what was moved by hand and not written since.
    Without rollback a stopped shift stays where it was.
    """
    if not _in_order(world):
        return None
    group = world.look().group
    for arn, actions in world.account.actions().items():
        astray = PAIR.get(group) in positive(actions)
        if arn.startswith(PRODUCTION) and arn not in world.facts.by_hand and astray:
            return f"the primary task set is behind {group} and {arn} forwards to {positive(actions)}"
    return None


def no_task_set_is_left_over(world: World) -> str | None:
    """After a success there is one task set, after a rollback there is none of the deployment that failed.

    Scope: the rollback succeeded.
    """
    if not world.ids or not _in_order(world):
        return None
    left, newest = world.look(), world.newest
    if newest.status is Status.SUCCEEDED and left.task_sets != {left.primary}:
        return f"after {newest.id} there are {sorted(left.task_sets)}"
    mine = [arn for arn in left.task_sets if world.account.task_sets[arn].external_id == newest.id]
    if newest.status is not Status.SUCCEEDED and mine:
        return f"{newest.id} was rolled back and {mine} is there"
    return None


def nothing_of_the_engine_is_left_over(world: World) -> str | None:
    """No generator, no watch, no open hook execution, no wait that could be continued.

    Scope: everything.
    """
    if not world.engine.idle:
        return "the engine still steps something"
    watching = [run for reference in world.engine.runs if (run := reference()) and run.watches]
    if watching:
        return f"{watching[0].deployment.id} is over and still watched"
    for one in world.releases():
        if one.stoppable or one.waiting or any(not hook.closed for hook in one.hooks.values()):
            return f"{one.id} is over and still takes requests"
    return None


def _in_order(world: World) -> bool:
    if not world.ids:
        return False
    newest = world.newest
    return newest.status is Status.SUCCEEDED or _rolled_back(world, newest)


def _rolled_back(world: World, one: Deployment) -> bool:
    return one.rollback is not None and (
        world.deployment(one.rollback["rollbackDeploymentId"]).status is Status.SUCCEEDED
    )
