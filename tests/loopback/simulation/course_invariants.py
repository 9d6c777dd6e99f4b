"""What holds of a deployment's course, whatever happens to it."""

from __future__ import annotations

import re
from collections import Counter

from bluegreen.loopback.codedeploy.deployment import Deployment, Status

from .limits import event_limit, whole_limit
from .world import World

RANK = {"Pending": 0, "InProgress": 1, "Succeeded": 2, "Failed": 2, "Skipped": 2}
LETTERS = {"Pending": "p", "InProgress": "i", "Succeeded": "s", "Failed": "f", "Skipped": "k"}
ORDER = re.compile("s*(i?p*|f?k*)")
ENDS = {"Succeeded", "Failed", "Stopped"}
NEXT = {
    "Created": {"InProgress", "Failed", "Stopped"},
    "InProgress": {"Ready", *ENDS},
    "Ready": {"InProgress", "Failed", "Stopped"},
}
AT_ONCE_SECONDS = 5.0
RED_SECONDS = 20.0


def a_terminal_deployment_never_changes(world: World) -> str | None:
    """Once it shows its last status, nothing that the API shows of it changes: no report, stop or continue does that.

    Scope: everything.
    """
    for one, before in world.facts.shown.items():
        if picture(world.deployment(one)) != before:
            return f"{one} was {before}, is {picture(world.deployment(one))}"
    return None


def at_most_one_deployment_of_a_group_is_active(world: World) -> str | None:
    """No second deployment of a group is accepted before the first is over, its termination wait included.

    Scope: everything.
    """
    active = Counter((one.application, one.group) for one in deployments(world) if not one.status.terminal)
    return next((f"the group {group} has {count} active" for group, count in active.items() if count > 1), None)


def a_status_follows_from_the_one_before(world: World) -> str | None:
    """Created, InProgress, perhaps Ready and InProgress again, and one of the three ends.

    Scope: what is to be seen after a step; a step may pass more than one.
    """
    for one in world.unfinished():
        before = world.facts.statuses.get(one.id, "Created")
        if one.status.value != before and one.status.value not in NEXT.get(before, set()):
            return f"{one.id} went from {before} to {one.status.value}"
    return None


def lifecycle_events_only_move_forward(world: World) -> str | None:
    """Each goes from Pending to an end, one after the other; from the one that failed on, all are Skipped.

    Scope: everything.
    """
    for one in world.unfinished():
        events = [event.status.value for event in one.lifecycle]
        before = world.facts.events.get(one.id, ("Pending",) * len(events))
        if any(
            RANK[new] < RANK[old] or (RANK[old] == 2 and new != old) for old, new in zip(before, events, strict=True)
        ):
            return f"the events of {one.id} went from {before} to {events}"
        if not ORDER.fullmatch("".join(LETTERS[status] for status in events)):
            return f"the events of {one.id} are out of order: {events}"
        if one.status.terminal and {"Pending", "InProgress"} & set(events):
            return f"{one.id} is {one.status.value} and its events are {events}"
        if one.status is Status.SUCCEEDED and set(events) != {"Succeeded"}:
            return f"{one.id} succeeded and its events are {events}"
        if any(event.ended and (event.started is None or event.started > event.ended) for event in one.lifecycle):
            return f"an event of {one.id} ended before it started"
    return None


def the_overview_is_null_until_it_is_over(world: World) -> str | None:
    """Then it counts one target.

    Scope: everything.
    """
    for one in deployments(world):
        overview = one.overview()
        if (overview is None) is one.status.terminal or (overview and sum(overview.values()) != 1):
            return f"{one.id} is {one.status.value} and its overview {overview}"
    return None


def a_hook_is_invoked_once_per_event(world: World) -> str | None:
    """Each function runs once for its event.

    Scope: where the answer of an invocation was lost it is repeated, with the id that it had, until it reports.
    """
    lost = any(fault.call == "Invoke" and fault.kind == "lost" for fault in world.account.windows)
    known = {payload["LifecycleEventHookExecutionId"] for payload in world.account.payloads}
    functions = set(world.account.invoked)
    if len(known) != len(functions) or (not lost and len(world.account.invoked) != len(functions)):
        return f"invoked {world.account.invoked} with {len(known)} execution ids"
    return None


def an_event_succeeds_only_with_its_hooks_answer(world: World) -> str | None:
    """A hooked event Succeeded has an accepted report Succeeded; one whose function answered Failed never succeeds.

    Scope: everything.
    """
    for one in world.unfinished():
        hooks = dict(world.facts.releases[one.id].hooks)
        for event in one.lifecycle:
            if event.name in hooks and event.status == "Succeeded":
                report = world.facts.reports.get((one.id, event.name))
                if report != "Succeeded":
                    return f"{event.name} of {one.id} succeeded and its function reported {report}"
    return None


def an_accepted_stop_is_obeyed(world: World) -> str | None:
    """It ends the deployment's course within seconds, and the deployment does not succeed.

    Scope: everything; the rollback that follows takes its time.
    """
    for one, stop in world.facts.stops.items():
        deployment = world.deployment(one)
        late = deployment.stoppable and world.clock.now() - stop.at > AT_ONCE_SECONDS
        if deployment.status is Status.SUCCEEDED or late:
            return f"{one} is {deployment.status.value} though its stop was accepted"
    return None


def a_red_alarm_is_obeyed(world: World) -> str | None:
    """An alarm that is red for twenty seconds has ended the deployment's course, from its first second on.

    Scope: the deployment's alarms, where they can be read; no more once the original task set is given up.
    """
    deployment = world.active()
    if deployment is None or not deployment.stoppable or world.facts.releases[deployment.id].alarms_off:
        return None
    since = [world.facts.red_since[name] for name, _ in world.plan.alarms if name in world.facts.red_since]
    red = max([min(since), deployment.created]) if since else world.clock.now()
    unreadable = any(
        fault.call == "DescribeAlarms" and fault.end > red and fault.start <= world.clock.now()
        for fault in world.account.windows
    )
    if world.clock.now() - red > RED_SECONDS and not unreadable:
        return f"{deployment.id} goes on, {world.clock.now() - red:.0f} s after an alarm went red"
    return None


def a_deployment_ends_within_its_limits(world: World) -> str | None:
    """Neither a lifecycle event nor the whole takes longer than the configuration allows.

    Scope: each call that fails may add the five minutes for which it is tried again.
    """
    now = world.clock.now()
    for one in world.unfinished():
        if one.status.terminal:
            continue
        if now - one.created > whole_limit(world, one):
            return f"{one.id} is {one.status.value} after {now - one.created:.0f} s"
        for event in one.lifecycle:
            began = event.started if event.status == "InProgress" else None
            if began is not None and now - began > event_limit(world, one, event.name):
                return f"{event.name} of {one.id} goes on after {now - began:.0f} s"
    return None


def the_engine_never_crashes(world: World) -> str | None:
    """No deployment ends with an internal error.

    Scope: everything.
    """
    for one in deployments(world):
        if one.error and one.error["code"] == "INTERNAL_ERROR":
            return f"{one.id} ended with an internal error"
    return None


def deployments(world: World) -> list[Deployment]:
    """Return every deployment, the rollbacks among them."""
    return list(world.backend.ledger.deployments.values())


def picture(one: Deployment) -> object:
    """Return what the API shows of a deployment and its target, as far as it can change."""
    events = tuple((event.status.value, event.started, event.ended) for event in one.lifecycle)
    times = one.started, one.completed, one.updated, one.termination_wait_started
    return one.status.value, one.error, one.rollback, one.task_sets, events, times, one.application, one.group
