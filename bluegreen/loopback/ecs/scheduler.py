"""What the service scheduler does next for a task set: a decision, without doing it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .container_health import HEALTHY, UNHEALTHY

PROVISIONING, PENDING, RUNNING = "PROVISIONING", "PENDING", "RUNNING"
DEACTIVATING, STOPPING, STOPPED = "DEACTIVATING", "STOPPING", "STOPPED"
STABILIZING, STEADY_STATE = "STABILIZING", "STEADY_STATE"

LIVE = (PROVISIONING, PENDING, RUNNING)
# A group that no listener uses is never checked; were that to hold a deployment up, none that shifts all at once
# could ever finish (AWS: Troubleshoot Amazon ECS deployment issues).
PASSING = ("healthy", "unused", "unavailable")
FAILED_TARGET_CHECKS = "Task failed ELB health checks"
FAILED_CONTAINER_CHECKS = "Task failed container health checks"
FIRST_RETRY, LONGEST_RETRY = 10.0, 900.0


@dataclass(frozen=True, kw_only=True)
class TaskView:
    """A task as the scheduler sees it; `since` is when it got its status, in epoch seconds."""

    id: str
    status: str
    since: float = 0.0
    failed: bool = False
    """An essential container has exited."""
    ended: bool = False
    """Every container has exited."""
    registered: bool = False
    """Its target is with the target group."""
    health: str = "unused"
    """The state of its target, in Elastic Load Balancing's words."""
    container_health: str = ""
    """What the health checks of its essential containers say; empty where it has none."""
    stop_timeout: float = 30.0
    """Real seconds from SIGTERM to SIGKILL."""
    killed: bool = False
    unwanted: str | None = None
    """Why a user wants it stopped."""


@dataclass(frozen=True, kw_only=True)
class TaskSetView:
    """A task set as the scheduler sees it; all intervals in real seconds."""

    desired: int
    tasks: tuple[TaskView, ...] = ()
    id: str = ""
    target_group: str | None = None
    """The ARN of the target group that its tasks belong to."""
    grace: float = 0.0
    provisioning: float = 0.0
    not_before: float = 0.0
    """No task is started before this time: tasks that never ran are tried again with growing delays."""


@dataclass(frozen=True)
class Start:
    """Make that many new tasks."""

    count: int


@dataclass(frozen=True)
class Launch:
    """Start the containers of a task whose place is ready."""

    task: str


@dataclass(frozen=True)
class Register:
    """Give the task's target to the target group."""

    task: str


@dataclass(frozen=True)
class Deactivate:
    """Take the task's target out of the target group, so that it drains."""

    task: str
    reason: str
    code: str = "ServiceSchedulerInitiated"


@dataclass(frozen=True)
class Terminate:
    """Send SIGTERM to the containers."""

    task: str


@dataclass(frozen=True)
class Kill:
    """Send SIGKILL to the containers."""

    task: str


@dataclass(frozen=True)
class Conclude:
    """Write down that the task has stopped."""

    task: str


Action = Start | Launch | Register | Deactivate | Terminate | Kill | Conclude


def decide(view: TaskSetView, now: float) -> tuple[Action, ...]:
    """Return what is due at `now` (epoch seconds) for a task set."""
    due = [action for task in view.tasks if (action := _for_task(task, view, now))]
    leaving = {action.task for action in due if isinstance(action, Deactivate | Conclude)}
    staying = [task for task in view.tasks if task.status in LIVE and task.id not in leaving]
    return (*due, *_scale(view, staying, now))


def stability(view: TaskSetView) -> str:
    """Return STEADY_STATE when the desired tasks run, none is pending and each target passes, else STABILIZING."""
    live = [task for task in view.tasks if task.status in LIVE]
    settled = [task for task in live if _is_settled(task, view)]
    return STEADY_STATE if len(live) == len(settled) == view.desired else STABILIZING


def retry_delay(failures: int) -> float:
    """Return AWS seconds until the next start after so many tasks in a row that never ran: up to 15 minutes."""
    return min(LONGEST_RETRY, FIRST_RETRY * 2 ** (failures - 1)) if failures else 0.0


def _is_settled(task: TaskView, view: TaskSetView) -> bool:
    if task.status != RUNNING or task.failed or task.container_health not in ("", HEALTHY):
        return False
    return view.target_group is None or (task.registered and task.health in PASSING)


def _for_task(task: TaskView, view: TaskSetView, now: float) -> Action | None:
    waited = now - task.since
    match task.status:
        case "PROVISIONING":
            return Launch(task.id) if waited >= view.provisioning else None
        case "RUNNING" | "DEACTIVATING" | "STOPPING" if task.ended:
            return Conclude(task.id)
        case "RUNNING":
            return _while_running(task, view, waited)
        case "DEACTIVATING" if task.health != "draining":
            return Terminate(task.id)
        case "STOPPING" if waited >= task.stop_timeout and not task.killed:
            return Kill(task.id)
    return None


def _while_running(task: TaskView, view: TaskSetView, waited: float) -> Action | None:
    if task.failed:
        return Deactivate(task.id, "Essential container in task exited", "EssentialContainerExited")
    if task.unwanted is not None:
        return Deactivate(task.id, task.unwanted, "UserInitiated")
    if view.target_group and not task.registered:
        return Register(task.id)
    return _when_unhealthy(task, view) if waited >= view.grace else None


def _when_unhealthy(task: TaskView, view: TaskSetView) -> Action | None:
    if task.health == "unhealthy":
        return Deactivate(task.id, f"{FAILED_TARGET_CHECKS} in (target-group {view.target_group})")
    if task.container_health == UNHEALTHY:
        return Deactivate(task.id, FAILED_CONTAINER_CHECKS)
    return None


def _scale(view: TaskSetView, staying: list[TaskView], now: float) -> Iterator[Action]:
    missing = view.desired - len(staying)
    if missing > 0 and now >= view.not_before:
        yield Start(missing)
    if missing < 0:
        # A task between PENDING and RUNNING cannot be called back; it is for a moment only.
        spare = sorted((task for task in staying if task.status != PENDING), key=_usefulness)
        for task in spare[:-missing]:
            yield Deactivate(task.id, f"Scaling activity initiated by (deployment {view.id})")


def _usefulness(task: TaskView) -> tuple[bool, bool, float]:
    return task.status == RUNNING, task.health in PASSING, -task.since
