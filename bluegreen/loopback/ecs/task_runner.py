"""The edge of the service scheduler: looks, lets it decide, and does what it decided."""

from __future__ import annotations

import logging
import signal
import threading
from typing import TYPE_CHECKING

from bluegreen.loopback import machine

from . import launcher, scheduler, targets
from .scheduler import (
    DEACTIVATING,
    PENDING,
    RUNNING,
    STEADY_STATE,
    STOPPED,
    STOPPING,
    Action,
    Conclude,
    Deactivate,
    Kill,
    Launch,
    Register,
    Start,
    Terminate,
    decide,
    retry_delay,
    stability,
)
from .service import Service
from .task import Task
from .task_set import DRAINING, TaskSet

if TYPE_CHECKING:
    from .models import LoopbackECSBackend

log = logging.getLogger(__name__)


class TaskRunner:
    """Steps every task set of one account and region.

    The backend's lock is held for looking and for writing down, never while a load balancer or a process is asked.
    """

    def __init__(self, backend: LoopbackECSBackend) -> None:
        self._backend = backend
        self._lock = backend.lock

    def step(self, now: float) -> None:
        """Do what is due at `now` (epoch seconds)."""
        with self._lock:
            pairs = [(service, one) for service in self._backend.table.values() for one in service.task_sets]
        for service, task_set in pairs:
            self._advance(service, task_set, now)
        self._backend.settle(now)

    def _advance(self, service: Service, task_set: TaskSet, now: float) -> None:
        with self._lock:
            tasks = list(task_set.tasks)
        for task in tasks:
            if task.status == RUNNING:
                task.check_health(now)
        health = targets.health(tasks)
        with self._lock:
            view = task_set.view(
                desired=service.desired_for(task_set),
                grace=service.grace,
                health=health,
                shorten=machine.get().clock.shorten(1.0),
            )
            task_set.stabilize(stability(view), now)
            by_id = {task.id: task for task in task_set.tasks}
        for action in decide(view, now):
            if isinstance(action, Start):
                self._start(service, task_set, action.count, now)
            else:
                self._act(service, task_set, by_id[action.task], action, now)

    def _start(self, service: Service, task_set: TaskSet, count: int, now: float) -> None:
        with self._lock:
            tasks = [self._backend.new_task(service, task_set, now) for _ in range(count)]
            service.tell(f"has started {count} tasks: {' '.join(f'(task {task.id})' for task in tasks)}.", now)

    def _act(self, service: Service, task_set: TaskSet, task: Task, action: Action, now: float) -> None:
        match action:
            case Launch():
                self._enter(task, PENDING, now)
                threading.Thread(target=self._launch, args=(service, task_set, task), daemon=True).start()
            case Register():
                targets.register(task)
                task.registered = True
                self._tell(service, f"registered 1 targets in (target-group {task.target_group})", now)
            case Deactivate():
                self._deactivate(service, task, action, now)
            case Terminate():
                self._enter(task, STOPPING, now)
                task.signal(signal.SIGTERM)
            case Kill():
                task.killed = True
                task.signal(signal.SIGKILL)
            case Conclude():
                self._conclude(service, task_set, task, now)

    def _launch(self, service: Service, task_set: TaskSet, task: Task) -> None:
        try:
            launcher.launch(task)
        except Exception as error:  # in a thread of its own, where nobody else would hear of it
            if not isinstance(error, launcher.LaunchError):
                log.exception("the launch of task %s failed", task.id)
            task.signal(signal.SIGKILL)
            self._never_ran(service, task_set, task, str(error))
        else:
            with self._lock:
                task_set.failures = 0
                task.enter(RUNNING, machine.get().clock.now())

    def _never_ran(self, service: Service, task_set: TaskSet, task: Task, reason: str) -> None:
        clock = machine.get().clock
        with self._lock:
            now = clock.now()
            task.stop_because("TaskFailedToStart", reason)
            task.enter(STOPPED, now)
            task_set.tasks.remove(task)
            task_set.failures += 1
            task_set.not_before = now + clock.shorten(retry_delay(task_set.failures))
            service.tell("is unable to consistently start tasks successfully.", now)

    def _deactivate(self, service: Service, task: Task, action: Deactivate, now: float) -> None:
        words = _unhealthy(task, action)
        with self._lock:
            task.stop_because(action.code, action.reason)
            task.enter(DEACTIVATING, now)
            if task.registered:
                service.tell("has begun draining connections on 1 tasks.", now)
            if words:
                service.tell(words, now)
        self._deregister(service, task, now)

    def _conclude(self, service: Service, task_set: TaskSet, task: Task, now: float) -> None:
        task.stop_because("EssentialContainerExited", "Essential container in task exited")
        task.end_checks()
        self._deregister(service, task, now)
        with self._lock:
            task.enter(STOPPED, now)
            task_set.tasks.remove(task)
            service.tell(f"has stopped 1 running tasks: (task {task.id}).", now)

    def _deregister(self, service: Service, task: Task, now: float) -> None:
        if task.registered:
            targets.deregister(task)
            task.registered = False
            self._tell(service, f"deregistered 1 targets in (target-group {task.target_group})", now)

    def _enter(self, task: Task, status: str, now: float) -> None:
        with self._lock:
            task.enter(status, now)

    def _tell(self, service: Service, message: str, now: float) -> None:
        with self._lock:
            service.tell(message, now)


def _unhealthy(task: Task, action: Deactivate) -> str:
    """Return the service event of a task that failed its health checks; empty if something else ends it."""
    match action.reason:
        case scheduler.FAILED_CONTAINER_CHECKS:
            return f"(task {task.id}) failed container health checks."
        case reason if reason.startswith(scheduler.FAILED_TARGET_CHECKS):
            where = f"(port {task.target_port}) is unhealthy in (target-group {task.target_group})"
            return f"{where} due to (reason {targets.why_unhealthy(task)})"
    return ""


def is_steady(service: Service) -> bool:
    """Whether every task set of the service that stays has settled."""
    return all(one.stability_status == STEADY_STATE for one in service.task_sets if one.status != DRAINING)
