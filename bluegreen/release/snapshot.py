"""A deployment as the API shows it at one moment, in frozen parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ACTIVE = ("Created", "Queued", "InProgress", "Baking", "Ready")
"""The statuses that keep a deployment group busy; the termination wait is InProgress too."""
ENDS = ("Succeeded", "Failed", "Stopped")
"""A deployment that has one of these statuses is over."""
NOT_BEGUN = ("Pending", "Skipped")
"""A lifecycle event that has one of these statuses has not begun, or never did."""


@dataclass(frozen=True, kw_only=True)
class LifecycleEvent:
    """One of the events of a deployment target; Pending and Skipped ones have no times."""

    name: str
    status: str
    start: datetime | None = None
    end: datetime | None = None

    @property
    def seconds(self) -> float | None:
        """How long it took, once it is over."""
        return (self.end - self.start).total_seconds() if self.start and self.end else None

    @property
    def over(self) -> bool:
        """Whether it ran to an end."""
        return self.status in ("Succeeded", "Failed")


@dataclass(frozen=True, kw_only=True)
class TaskSet:
    """One side of the deployment: label Blue is the original, Green the replacement."""

    identifier: str
    label: str
    status: str
    traffic_weight: float
    target_group: str
    desired: int
    running: int
    pending: int = 0


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What GetDeployment and the deployment's one target say at the same moment."""

    deployment_id: str
    status: str
    application: str = ""
    group: str = ""
    """The deployment group that it is of."""
    configuration: str = ""
    creator: str = ""
    description: str = ""
    revision_sha256: str = ""
    created: datetime | None = None
    completed: datetime | None = None
    error_code: str = ""
    error_message: str = ""
    rollback_deployment: str = ""
    rolls_back: str = ""
    termination_wait_started: bool = False
    termination_wait_minutes: int = 0
    ready_wait_minutes: int = 0
    own_alarms: tuple[str, ...] | None = None
    """The alarms that it heeds instead of its group's; None where it heeds those."""
    lifecycle: tuple[LifecycleEvent, ...] = ()
    task_sets: tuple[TaskSet, ...] = ()

    @property
    def over(self) -> bool:
        """Whether the deployment has come to an end; a status that is not known here has not."""
        return self.status in ENDS

    @property
    def seconds(self) -> float | None:
        """From creation to the end, once it is over."""
        return (self.completed - self.created).total_seconds() if self.completed and self.created else None

    @property
    def installed_nothing(self) -> bool:
        """Whether it ended before Install: no task is there to take back, and most likely nothing is rolled back."""
        return any(event.name == "Install" and event.status in NOT_BEGUN for event in self.lifecycle) and self.over

    @property
    def failed_event(self) -> str:
        """The lifecycle event during which it ended, empty when none failed."""
        return next((event.name for event in self.lifecycle if event.status == "Failed"), "")


def parse(info: Mapping[str, Any], target: Mapping[str, Any] | None) -> Snapshot:
    """Read the `deploymentInfo` of GetDeployment and the `ecsTarget` of its target, if it has one yet."""
    target = target or {}
    error, rollback = info.get("errorInformation") or {}, info.get("rollbackInfo") or {}
    options = info.get("blueGreenDeploymentConfiguration") or {}
    return Snapshot(
        deployment_id=info.get("deploymentId", ""),
        status=info.get("status", ""),
        application=info.get("applicationName", ""),
        group=info.get("deploymentGroupName", ""),
        configuration=info.get("deploymentConfigName", ""),
        creator=info.get("creator", ""),
        description=info.get("description", ""),
        revision_sha256=((info.get("revision") or {}).get("appSpecContent") or {}).get("sha256", ""),
        created=info.get("createTime"),
        completed=info.get("completeTime"),
        error_code=error.get("code", ""),
        error_message=error.get("message", ""),
        rollback_deployment=rollback.get("rollbackDeploymentId", ""),
        rolls_back=rollback.get("rollbackTriggeringDeploymentId", ""),
        termination_wait_started=bool(info.get("instanceTerminationWaitTimeStarted")),
        termination_wait_minutes=_minutes(
            options, "terminateBlueInstancesOnDeploymentSuccess", "terminationWaitTimeInMinutes"
        ),
        ready_wait_minutes=_minutes(options, "deploymentReadyOption", "waitTimeInMinutes"),
        own_alarms=_own_alarms(info.get("overrideAlarmConfiguration")),
        lifecycle=tuple(_lifecycle_event(one) for one in target.get("lifecycleEvents", [])),
        task_sets=tuple(_task_set(one) for one in target.get("taskSetsInfo", [])),
    )


def _minutes(options: Mapping[str, Any], part: str, name: str) -> int:
    return int((options.get(part) or {}).get(name) or 0)


def _own_alarms(found: Mapping[str, Any] | None) -> tuple[str, ...] | None:
    if not found:
        return None
    return tuple(one.get("name", "") for one in found.get("alarms", [])) if found.get("enabled") else ()


def _lifecycle_event(one: Mapping[str, Any]) -> LifecycleEvent:
    return LifecycleEvent(
        name=one.get("lifecycleEventName", ""),
        status=one.get("status", ""),
        start=one.get("startTime"),
        end=one.get("endTime"),
    )


def _task_set(one: Mapping[str, Any]) -> TaskSet:
    return TaskSet(
        identifier=one.get("identifer", ""),  # the API spells it so
        label=one.get("taskSetLabel", ""),
        status=one.get("status", ""),
        traffic_weight=float(one.get("trafficWeight") or 0),
        target_group=(one.get("targetGroup") or {}).get("name", ""),
        desired=int(one.get("desiredCount") or 0),
        running=int(one.get("runningCount") or 0),
        pending=int(one.get("pendingCount") or 0),
    )
