"""The alarms that would stop a deployment, and their states."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import alarm_reason
from .changes import WIDTH
from .event import Event

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .alarm_reason import AlarmState
    from .clients import Clients
    from .snapshot import Snapshot

QUIET = "OK"
RED = alarm_reason.RED


@dataclass
class Alarms:
    """What has been told of them so far."""

    clients: Clients
    target: ReleaseTarget
    names: tuple[str, ...] | None = None
    told: dict[str, str] = field(default_factory=dict)
    seen_red: dict[str, AlarmState] = field(default_factory=dict)
    """As each was when it was red: a rollback makes it quiet again."""

    def look(self, now: Snapshot) -> Event | None:
        """Ask for the states and return the event to tell, None when nothing is new."""
        states = {one.name: one.state for one in self.read(now)}
        if states == self.told:
            return None
        changed = sorted(name for name, state in states.items() if self.told.get(name) != state)
        self.told = states
        return as_event(now.deployment_id, states, changed)

    def read(self, deployment: Snapshot) -> tuple[AlarmState, ...]:
        """Ask for the alarms that stop this deployment."""
        if self.names is None:
            self.names = heeded(deployment, self.clients, self.target)
        found = read(self.clients.cloudwatch, self.names) if self.names else ()
        self.seen_red.update((one.name, one) for one in found if one.red)
        return found


def heeded(deployment: Snapshot, clients: Clients, target: ReleaseTarget) -> tuple[str, ...]:
    """Name the alarms that stop this deployment: its own, or its group's."""
    if deployment.own_alarms is not None:
        return deployment.own_alarms
    answer = clients.codedeploy.get_deployment_group(
        applicationName=target.application, deploymentGroupName=target.deployment_group
    )
    return of_configuration(answer.get("deploymentGroupInfo", {}).get("alarmConfiguration"))


def of_configuration(found: Any) -> tuple[str, ...]:
    """Name the alarms of an `alarmConfiguration`; none where it is turned off."""
    found = found or {}
    return tuple(one["name"] for one in found.get("alarms", []) if one.get("name")) if found.get("enabled") else ()


def read(cloudwatch: Any, names: tuple[str, ...]) -> tuple[AlarmState, ...]:
    """Return the alarms that are there, in the order of their names."""
    pages = cloudwatch.get_paginator("describe_alarms").paginate(
        AlarmNames=list(names), AlarmTypes=["MetricAlarm", "CompositeAlarm"]
    )
    alarms = [one for page in pages for one in (*page.get("MetricAlarms", []), *page.get("CompositeAlarms", []))]
    return tuple(sorted(map(alarm_reason.parse, alarms), key=lambda one: one.name))


def as_event(deployment_id: str, states: dict[str, str], changed: list[str]) -> Event:
    """Tell the states: those that are not quiet by name."""
    fields = {"deployment_id": deployment_id, "states": states, "changed": changed}
    tone = "bad" if RED in states.values() else ""
    return Event(kind="alarms", text=f"{'alarms':<{WIDTH}} {words(states)}", fields=fields, tone=tone)


def words(states: dict[str, str]) -> str:
    """Say that all is quiet, or which is not."""
    loud = [f"{name} {state}" for name, state in states.items() if state != QUIET]
    quiet = Counter(states.values())[QUIET]
    return ", ".join([*loud, f"{quiet} {QUIET}"] if quiet else loud) or "none"
