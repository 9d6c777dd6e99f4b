"""What went wrong around a deployment, gathered from ECS, the load balancer, the tasks' log and the alarms."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from . import revision, service, target_health, task_end, task_log
from .evidence import Evidence
from .revision import short_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.release_target import ReleaseTarget

    from .alarm_reason import AlarmState
    from .clients import Clients
    from .snapshot import Snapshot
    from .target_health import Target
    from .task_end import TaskEnd
    from .task_log import Tail

AT_ONCE = 100
"""As many tasks as a page of ListTasks has at most, and as one DescribeTasks takes."""


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """All of it, oldest first."""

    tasks: tuple[TaskEnd, ...] = ()
    """Tasks of the replacement that ended otherwise than by being scaled in."""
    tail: Tail | None = None
    """The last log lines of one that ended as the first did."""
    targets: tuple[Target, ...] = ()
    """The replacement's targets that are or were unhealthy."""
    events: tuple[str, ...] = ()
    """What the service told since the deployment began."""
    alarms: tuple[AlarmState, ...] = ()
    """The alarms that the deployment heeds."""
    stopped_by: str = ""
    """Who stopped it with `bluegreen`, where that is known."""

    def after(self, earlier: Trouble) -> Trouble:
        """Return this with what was seen earlier and is gone now: ECS forgets tasks, rollbacks take targets away."""
        tasks = {one.task_id: one for one in (*earlier.tasks, *self.tasks)}
        tail = self.tail if self.tail and self.tail.lines else earlier.tail or self.tail
        return Trouble(
            tasks=_in_order(tasks.values()),
            tail=tail,
            targets=self.targets or earlier.targets,
            events=tuple(dict.fromkeys((*earlier.events, *self.events))),
            alarms=_worst(earlier.alarms, self.alarms),
            stopped_by=self.stopped_by,
        )


def read(
    clients: Clients, target: ReleaseTarget, deployment: Snapshot, revision_name: str, evidence: Evidence
) -> Trouble:
    """Gather what can be read; `revision_name` is the replacement's `family:revision`, empty where it is not known.

    What may not be read is noted in `evidence`.
    """
    now: Mapping[str, Any] = evidence.read(lambda: service.describe(clients, target), {})
    tasks = evidence.read(lambda: _stopped(clients, target, deployment, revision_name), ())
    group = _target_group(now, deployment)
    targets = evidence.read(lambda: target_health.read(clients, group), ()) if group else ()
    events = service.events_since(now, deployment.created) if deployment.created else ()
    told = target_health.of_events(events, _green(deployment, "target_group"))
    found = Trouble(tasks=tasks, targets=targets or told, events=events)
    return replace(found, tail=evidence.read(lambda: _tail(clients, revision_name, tasks), None))


def _stopped(clients: Clients, target: ReleaseTarget, deployment: Snapshot, revision_name: str) -> tuple[TaskEnd, ...]:
    pages = clients.ecs.get_paginator("list_tasks").paginate(
        cluster=target.cluster,
        serviceName=target.service,
        desiredStatus="STOPPED",
        PaginationConfig={"PageSize": AT_ONCE},
    )
    # Those of the revision that is live may fill a page: a service of many tasks is scaled in after a release.
    listed = (page["taskArns"] for page in pages)
    described = (clients.ecs.describe_tasks(cluster=target.cluster, tasks=arns)["tasks"] for arns in listed if arns)
    tasks = chain.from_iterable(described)
    mine = [task_end.parse(one) for one in tasks if is_of(one, deployment, revision_name)]
    return _in_order(one for one in mine if one.counts)


def is_of(task: Mapping[str, Any], deployment: Snapshot, revision_name: str) -> bool:
    """Whether a task is one of the deployment's replacement: the revision alone may have failed long before."""
    if revision_name and short_name(task.get("taskDefinitionArn", "")) != revision_name:
        return False
    task_set = _green(deployment, "identifier")
    if task_set and task.get("startedBy"):
        return task["startedBy"] == task_set
    created = task.get("createdAt")
    return bool(revision_name and created and deployment.created and created >= deployment.created)


def _tail(clients: Clients, revision_name: str, tasks: tuple[TaskEnd, ...]) -> Tail | None:
    """Read the log of the newest task that ended as the first did: its log is the likeliest to be there."""
    if not tasks or not revision_name:
        return None
    chosen = next(one for one in reversed(tasks) if one.words == tasks[0].words)
    container = chosen.guilty
    if container is None:
        return None
    return task_log.read(clients, revision.describe(clients, revision_name), container.name, chosen.task_id)


def _target_group(now: Mapping[str, Any], deployment: Snapshot) -> str:
    """Return the ARN of the replacement's target group; empty when its task set is gone."""
    wanted = _green(deployment, "identifier")
    sets = [one for one in now.get("taskSets", []) if wanted and one.get("id") == wanted]
    groups = [balancer.get("targetGroupArn") for one in sets for balancer in one.get("loadBalancers", [])]
    return next((one for one in groups if one), "")


def _green(deployment: Snapshot, field: str) -> str:
    return next((getattr(one, field) for one in deployment.task_sets if one.label == "Green"), "")


def _in_order(tasks: Any) -> tuple[TaskEnd, ...]:
    return tuple(sorted(tasks, key=lambda one: one.stopped.timestamp() if one.stopped else 0.0))


def _worst(earlier: tuple[AlarmState, ...], now: tuple[AlarmState, ...]) -> tuple[AlarmState, ...]:
    """Keep an alarm as it was when it was red: after a rollback it is quiet again."""
    found = {one.name: one for one in earlier}
    found.update({one.name: one for one in now if one.red or one.name not in found or not found[one.name].red})
    return tuple(found.values())
