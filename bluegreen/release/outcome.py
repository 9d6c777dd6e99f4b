"""How a deployment ended: the outcome, the reason when it is a bad one, where traffic is now, the next step."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import record_store, service, traffic, trouble
from .error_codes import STOPPED
from .event import Event
from .exit_codes import ExitCode
from .first_cause import first_cause

if TYPE_CHECKING:
    from .follow import Follower
    from .reason import Reason
    from .snapshot import Snapshot
    from .traffic import Share

ROLLBACK_SECONDS = 300.0
ID_SECONDS = 30.0
"""How long CodeDeploy may take to name the rollback of a deployment that shows as stopped."""
ID_SECONDS_OF_NOTHING = 3.0
"""The same where nothing was installed: it is not expected to begin one, but nobody documents that."""


@dataclass(frozen=True)
class Stop:
    """That a deployment was stopped on purpose, with a rollback or without one: `Stopped` is a good end then."""

    rollback: bool


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """All that is to be said at the end."""

    deployment: Snapshot
    revision: str
    traffic: tuple[Share, ...]
    reason: Reason | None = None
    rollback: Snapshot | None = None
    notes: tuple[str, ...] = ()
    """What could not be read."""
    stop: Stop | None = None
    """What was asked for, where who watches it has just stopped it."""

    @property
    def exit_code(self) -> ExitCode:
        """Done, failed, or still running."""
        if not self.deployment.over:
            return ExitCode.RUNNING
        done = self._stopped_as_wanted if self.stop else self.deployment.status == "Succeeded"
        return ExitCode.DONE if done else ExitCode.FAILED

    @property
    def _stopped_as_wanted(self) -> bool:
        rolled_back = self.rollback is not None and self.rollback.status == "Succeeded"
        untouched = self.deployment.installed_nothing and not self.deployment.rollback_deployment
        as_it_was = rolled_back or untouched
        return self.deployment.status == "Stopped" and (as_it_was or not (self.stop and self.stop.rollback))


def find(follower: Follower, deployment: Snapshot, stop: Stop | None = None) -> Outcome:
    """Gather how a deployment that is over ended; waits for its rollback, which is a deployment of its own."""
    clients, target, evidence = follower.clients, follower.target, follower.evidence
    if stop and stop.rollback:
        deployment = evidence.read(lambda: _await_its_id(follower, deployment), deployment)
    rollback = evidence.read(lambda: _await_rollback(follower, deployment), None)
    wanted = ("Succeeded", "Stopped") if stop else ("Succeeded",)
    why = _why(follower, deployment) if deployment.status not in wanted else None
    now = evidence.read(lambda: traffic.read(clients, target, service.describe(clients, target)), ())
    return Outcome(
        deployment=deployment,
        revision=follower.sides.replacement,
        traffic=now,
        reason=why,
        rollback=rollback,
        notes=tuple(evidence.notes),
        stop=stop,
    )


def as_event(outcome: Outcome) -> Event:
    """Tell an outcome."""
    fields = {
        "deployment_id": outcome.deployment.deployment_id,
        "status": outcome.deployment.status,
        "exit_code": int(outcome.exit_code),
        "revision": outcome.revision,
        "seconds": outcome.deployment.seconds,
        "error_code": outcome.deployment.error_code or None,
        "reason": outcome.reason.cause if outcome.reason else None,
        "details": list(outcome.reason.details) if outcome.reason else [],
        "next_step": outcome.reason.next_step if outcome.reason else None,
        "rollback_deployment_id": outcome.rollback.deployment_id if outcome.rollback else None,
        "rollback_status": outcome.rollback.status if outcome.rollback else None,
        "traffic": [vars(share) for share in outcome.traffic],
        "notes": list(outcome.notes),
    }
    tone = "good" if outcome.exit_code is ExitCode.DONE else "bad"
    return Event(kind="outcome", text="\n".join(lines(outcome)), fields=fields, tone=tone)


def lines(outcome: Outcome) -> list[str]:
    """Put an outcome into lines, the most important first."""
    deployment, why = outcome.deployment, outcome.reason
    took = "" if deployment.seconds is None else f" after {deployment.seconds:.0f} s"
    what = f"rollback of {deployment.rolls_back}" if deployment.rolls_back else outcome.revision or "the release"
    found = [f"{what}: {deployment.status}{took} ({deployment.deployment_id})"]
    if why:
        found += [f"reason: {why.cause}", *(f"  {detail}" for detail in why.details)]
    if said := what_was_rolled_back(outcome):
        found.append(said)
    found.append(f"traffic now: {', '.join(str(share) for share in outcome.traffic) or 'not known'}")
    found += [f"not known: {note}" for note in outcome.notes]
    if why:
        found.append(f"next: {why.next_step}")
    return found


def what_was_rolled_back(outcome: Outcome) -> str:
    """Say which deployment takes it back and how that went, or what it means that none does; empty for a good end."""
    back, deployment = outcome.rollback, outcome.deployment
    if back:
        failed = f": {back.error_message}" if back.status in ("Failed", "Stopped") and back.error_message else ""
        return f"rolled back by {back.deployment_id}: {back.status}{failed}"
    if deployment.rollback_deployment:
        return f"being rolled back by {deployment.rollback_deployment}"
    if outcome.stop and outcome.stop.rollback and deployment.installed_nothing and not deployment.rollback_deployment:
        return "nothing to roll back: it ended before anything was installed"
    if outcome.reason is None:
        return ""
    if not any(one.label == "Green" for one in deployment.task_sets):
        return "not rolled back: no rollback deployment was started"
    return (
        "not rolled back: no rollback deployment was started; weights and the tasks of both revisions stay as they are"
    )


def _why(follower: Follower, deployment: Snapshot) -> Reason:
    """Gather what is known now and what the watch has seen before it was gone."""
    clients, target, evidence = follower.clients, follower.target, follower.evidence
    found = trouble.read(clients, target, deployment, follower.sides.replacement, evidence)
    alarms = follower.surroundings.alarms
    red_now = evidence.read(lambda: alarms.read(deployment), ())
    seen = replace(follower.steadiness.seen, alarms=tuple(alarms.seen_red.values()))
    stopped_by = ""
    if deployment.error_code == STOPPED:
        stopped_by = record_store.who_stopped(clients, target, deployment.deployment_id)
    everything = replace(found, alarms=red_now, stopped_by=stopped_by).after(seen)
    return first_cause(deployment, list(follower.verdicts.values()), everything, target)


def _await_its_id(follower: Follower, deployment: Snapshot) -> Snapshot:
    """Wait until CodeDeploy names the rollback: a deployment shows as stopped a moment before it does."""
    deadline = time.monotonic() + (ID_SECONDS_OF_NOTHING if deployment.installed_nothing else ID_SECONDS)
    while deployment.status == "Stopped" and not deployment.rollback_deployment and time.monotonic() < deadline:
        time.sleep(follower.pace.look)
        deployment = follower.read(deployment.deployment_id)
    return deployment


def _await_rollback(follower: Follower, deployment: Snapshot) -> Snapshot | None:
    if not deployment.rollback_deployment:
        return None
    deadline = time.monotonic() + ROLLBACK_SECONDS
    while True:
        rollback = follower.read(deployment.rollback_deployment)
        if rollback.over or time.monotonic() > deadline:
            return rollback
        time.sleep(follower.pace.look)
