"""What holds in the moment in which a deployment shows its last status."""

from __future__ import annotations

from collections.abc import Iterator

from bluegreen.loopback.codedeploy.deployment import TERMINATION_WAIT, Deployment, Status

from .facts import Began, positive
from .simulated_account import PRODUCTION
from .traffic_invariants import PAIR
from .world import World

# What ends no sound release. A fault that passes soon is one of these; a longer one ends what it meets.
HARMLESS = {"second release", "intrude", "continue", "fault"}
SHORT_SECONDS = 260.0


def a_rollback_follows_where_it_is_configured(world: World) -> str | None:
    """Exactly the ends that are configured, or that StopDeployment asked for, bring a rollback deployment.

    Scope: from the creation of the replacement on until the original task set is given up.
    """
    for one in fresh(world):
        wanted, there = _wanted(one, world), one.rollback is not None
        if wanted is False and there:
            return f"{one.id} was rolled back though nothing asked for it: {one.error}"
        made = any(request["externalId"] == one.id for request in world.account.requests)
        if wanted and made and not there and not _given_up(world, one):
            return f"{one.id} was not rolled back: {one.error}"
    return None


def traffic_is_back_when_the_last_status_shows(world: World) -> str | None:
    """After a rollback all routes and the primary task set are as the deployment found them.

    Scope: the rollback succeeded; not for what was moved by hand meanwhile. Where a part of the traffic went to the
    other group already, left there by a stopped release, all of it is on the original.
    """
    for one in fresh(world):
        began = world.facts.began.get(one.id)
        if began and _rolled_back(world, one):
            if world.look().primary != began.primary:
                return f"{one.id} is {one.status.value} and the primary task set is {world.look().primary}"
            yield_ = next(_astray(world, one, began), None)
            if yield_:
                return yield_
    return None


def a_rollback_fails_only_for_a_reason(world: World) -> str | None:
    """A rollback deployment succeeds.

    Scope: not where calls fail for minutes or are denied, or where the original task set was deleted by hand.
    """
    for one in fresh(world):
        rollback = _rollback_of(world, one)
        if rollback and rollback.status is not Status.SUCCEEDED and not _blocked(world, one):
            return f"the rollback of {one.id} ended with {rollback.error}"
    return None


def a_sound_release_succeeds(world: World) -> str | None:
    """What nothing disturbs succeeds, also after a release that failed or was stopped.

    Scope: nothing but short faults, refused requests and ContinueDeployment in the whole history; no ready wait.
    """
    plan = world.plan
    red = any(state == "ALARM" for _, state in plan.alarms)
    if world.facts.happened - HARMLESS or red or plan.ready is not None:
        return None
    for one in fresh(world):
        excused = not world.facts.releases[one.id].sound or _failing(world)
        if one.status is not Status.SUCCEEDED and not excused:
            return f"{one.id} is {one.status.value}, and nothing disturbed it: {one.error}"
    return None


def fresh(world: World) -> Iterator[Deployment]:
    """Yield the deployments that show their last status for the first time."""
    return (one for one in world.unfinished() if one.status.terminal)


def _wanted(one: Deployment, world: World) -> bool | None:
    """Say whether its end asks for a rollback; None for an end that does not matter."""
    if one.status is Status.SUCCEEDED:
        return None
    stop, events, code = world.facts.stops.get(one.id), set(world.plan.rollback), (one.error or {}).get("code")
    if stop and stop.rollback is not None and (code == "MANUAL_STOP" or stop.rollback):
        return stop.rollback
    if one.status is Status.FAILED:
        return "FAILURE" in events
    causes = {"ALARM_ACTIVE": {"STOP_ON_ALARM"}, "TIMEOUT": {"STOP_ON_REQUEST", "FAILURE"}}
    return bool(events & causes.get(str(code), {"STOP_ON_REQUEST"}))


def _given_up(world: World, one: Deployment) -> bool:
    if not one.termination_wait_started:
        return False
    began = world.facts.waited.get(one.id, world.clock.now())
    over = world.clock.now() - began >= world.plan.termination * 60 - 0.01
    return over or (one.id, TERMINATION_WAIT) in world.facts.continued


def _astray(world: World, one: Deployment, began: Began) -> Iterator[str]:
    green = PAIR[began.group]
    for arn, actions in world.account.actions().items():
        before, now = began.shares.get(arn), positive(actions)
        if before is None or arn in world.facts.moved[one.id]:
            continue
        wanted = positive(before)
        if arn.startswith(PRODUCTION) and began.group in before and green in wanted:
            wanted = {began.group: 1.0}
        if now != wanted:
            yield f"{one.id} is {one.status.value}, rolled back, and {arn} forwards to {now}, not to {wanted}"


def _rolled_back(world: World, one: Deployment) -> bool:
    rollback = _rollback_of(world, one)
    return rollback is not None and rollback.status is Status.SUCCEEDED


def _rollback_of(world: World, one: Deployment) -> Deployment | None:
    return world.deployment(one.rollback["rollbackDeploymentId"]) if one.rollback else None


def _blocked(world: World, one: Deployment) -> bool:
    return _failing(world) or bool({"drop"} & world.facts.happened)


def _failing(world: World) -> bool:
    """Say whether calls fail for so long that what needs them gives up."""
    windows = world.account.windows
    return (
        any(fault.kind == "denied" for fault in windows) or sum(one.end - one.start for one in windows) > SHORT_SECONDS
    )
