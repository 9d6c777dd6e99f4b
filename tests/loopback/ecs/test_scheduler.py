"""The service scheduler's decisions, in time that only moves when told."""

from __future__ import annotations

import pytest

from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.ecs.scheduler import (
    DEACTIVATING,
    PENDING,
    PROVISIONING,
    RUNNING,
    STABILIZING,
    STEADY_STATE,
    STOPPED,
    STOPPING,
    Conclude,
    Deactivate,
    Kill,
    Launch,
    Register,
    Start,
    TaskSetView,
    TaskView,
    Terminate,
    decide,
    retry_delay,
    stability,
)

NOW = ManualClock().now()
GROUP = "arn:group"
SCALING = "Scaling activity initiated by (deployment ecs-svc/1)"


def running(name: str = "a", health: str = "healthy", *, registered: bool = True, since: float = NOW) -> TaskView:
    return TaskView(id=name, status=RUNNING, since=since, registered=registered, health=health)


def of(*tasks: TaskView, desired: int = 1, grace: float = 0.0, provisioning: float = 0.0) -> TaskSetView:
    return TaskSetView(
        id="ecs-svc/1", target_group=GROUP, desired=desired, tasks=tasks, grace=grace, provisioning=provisioning
    )


def test_an_empty_task_set_starts_what_is_desired() -> None:
    assert decide(of(desired=3), NOW) == (Start(3),)


def test_a_full_task_set_is_left_alone() -> None:
    assert decide(of(running()), NOW) == ()


@pytest.mark.parametrize("status", [PROVISIONING, PENDING, RUNNING])
def test_a_task_on_its_way_counts_as_there(status: str) -> None:
    view = of(TaskView(id="a", status=status, since=NOW, registered=True), provisioning=1.0)
    assert decide(view, NOW) == ()


@pytest.mark.parametrize("status", [DEACTIVATING, STOPPING, STOPPED])
def test_a_task_on_its_way_out_is_replaced(status: str) -> None:
    view = of(TaskView(id="a", status=status, since=NOW, health="draining"))
    assert Start(1) in decide(view, NOW)


def test_containers_start_once_the_place_is_ready() -> None:
    clock = ManualClock()
    view = of(TaskView(id="a", status=PROVISIONING, since=clock.now()), provisioning=5.0)
    assert decide(view, clock.now()) == ()
    clock.advance(5.0)
    assert decide(view, clock.now()) == (Launch("a"),)


def test_a_running_task_is_registered_once() -> None:
    assert decide(of(running(registered=False, health="unused")), NOW) == (Register("a"),)
    assert decide(of(running(health="initial")), NOW) == ()


def test_without_a_target_group_nothing_is_registered() -> None:
    view = TaskSetView(desired=1, tasks=(running(registered=False),))
    assert decide(view, NOW) == ()
    assert stability(view) == STEADY_STATE


def test_a_task_whose_containers_have_exited_is_concluded_and_replaced() -> None:
    dead = TaskView(id="a", status=RUNNING, registered=True, health="healthy", failed=True, ended=True)
    assert decide(of(dead), NOW) == (Conclude("a"), Start(1))


def test_when_an_essential_container_exits_the_others_are_stopped_too() -> None:
    half = TaskView(id="a", status=RUNNING, registered=True, health="healthy", failed=True)
    stop, start = decide(of(half), NOW)
    assert stop == Deactivate("a", "Essential container in task exited", "EssentialContainerExited")
    assert start == Start(1)


def test_an_unhealthy_task_is_stopped_and_replaced() -> None:
    stop, start = decide(of(running(health="unhealthy")), NOW)
    assert stop == Deactivate("a", "Task failed ELB health checks in (target-group arn:group)")
    assert start == Start(1)


def test_a_task_whose_container_is_unhealthy_is_replaced_once_the_grace_period_is_over() -> None:
    clock = ManualClock()
    sick = TaskView(
        id="a", status=RUNNING, since=clock.now(), registered=True, health="healthy", container_health="UNHEALTHY"
    )
    view = of(sick, grace=60.0)
    assert decide(view, clock.now()) == ()
    clock.advance(60.0)
    assert decide(view, clock.now()) == (Deactivate("a", "Task failed container health checks"), Start(1))


@pytest.mark.parametrize(("checked", "expected"), [("UNKNOWN", STABILIZING), ("HEALTHY", STEADY_STATE)])
def test_a_task_set_is_steady_only_once_container_health_checks_pass(checked: str, expected: str) -> None:
    task = TaskView(id="a", status=RUNNING, registered=True, health="healthy", container_health=checked)
    assert stability(of(task)) == expected


def test_a_task_that_a_user_stops_is_replaced() -> None:
    unwanted = TaskView(id="a", status=RUNNING, registered=True, health="healthy", unwanted="drill")
    assert decide(of(unwanted), NOW) == (Deactivate("a", "drill", "UserInitiated"), Start(1))


def test_an_unhealthy_task_is_forgiven_during_the_grace_period() -> None:
    clock = ManualClock()
    view = of(running(health="unhealthy", since=clock.now()), grace=60.0)
    clock.advance(59.9)
    assert decide(view, clock.now()) == ()
    clock.advance(0.1)
    assert len(decide(view, clock.now())) == 2


@pytest.mark.parametrize("health", ["initial", "healthy", "unused", "draining"])
def test_only_an_unhealthy_target_costs_a_task_its_life(health: str) -> None:
    assert decide(of(running(health=health)), NOW) == ()


def test_stopping_goes_by_draining_sigterm_sigkill() -> None:
    clock = ManualClock()
    draining = TaskView(id="a", status=DEACTIVATING, since=clock.now(), health="draining")
    assert decide(of(draining, desired=0), clock.now()) == ()
    drained = TaskView(id="a", status=DEACTIVATING, since=clock.now(), health="unused")
    assert decide(of(drained, desired=0), clock.now()) == (Terminate("a"),)
    stopping = TaskView(id="a", status=STOPPING, since=clock.now(), stop_timeout=30.0)
    clock.advance(29.9)
    assert decide(of(stopping, desired=0), clock.now()) == ()
    clock.advance(0.1)
    assert decide(of(stopping, desired=0), clock.now()) == (Kill("a"),)


def test_sigkill_is_sent_once() -> None:
    killed = TaskView(id="a", status=STOPPING, since=NOW - 100, stop_timeout=30.0, killed=True)
    assert decide(of(killed, desired=0), NOW) == ()


@pytest.mark.parametrize("status", [RUNNING, DEACTIVATING, STOPPING])
def test_an_ended_task_is_concluded_wherever_it_stands(status: str) -> None:
    assert decide(of(TaskView(id="a", status=status, ended=True), desired=0), NOW) == (Conclude("a"),)


def test_what_is_over_is_stopped() -> None:
    assert decide(of(running("a"), running("b"), desired=0), NOW) == (
        Deactivate("a", SCALING),
        Deactivate("b", SCALING),
    )


def test_the_least_useful_tasks_go_first() -> None:
    view = of(
        running("healthy", since=NOW - 9),
        running("sick", health="initial", since=NOW - 9),
        TaskView(id="coming", status=PROVISIONING, since=NOW),
        desired=1,
        provisioning=5.0,
    )
    assert [action.task for action in decide(view, NOW) if isinstance(action, Deactivate)] == ["coming", "sick"]


def test_of_equals_the_newest_goes_first() -> None:
    view = of(running("old", since=NOW - 9), running("new", since=NOW - 1), desired=1)
    assert decide(view, NOW) == (Deactivate("new", SCALING),)


def test_a_pending_task_is_not_called_back() -> None:
    assert decide(of(TaskView(id="a", status=PENDING), desired=0), NOW) == ()


def test_no_task_is_started_before_its_time() -> None:
    clock = ManualClock()
    view = TaskSetView(desired=1, not_before=clock.now() + 10)
    assert decide(view, clock.now()) == ()
    clock.advance(10)
    assert decide(view, clock.now()) == (Start(1),)


def test_tasks_that_never_run_are_tried_ever_later_up_to_15_minutes() -> None:
    assert [retry_delay(failures) for failures in (0, 1, 2, 3, 20)] == [0.0, 10.0, 20.0, 40.0, 900.0]


@pytest.mark.parametrize(
    ("tasks", "expected"),
    [
        ((running(),), STEADY_STATE),
        ((running(health="unused"),), STEADY_STATE),
        ((running(health="initial"),), STABILIZING),
        ((running(health="unhealthy"),), STABILIZING),
        ((running(health="unused", registered=False),), STABILIZING),
        ((TaskView(id="a", status=PENDING),), STABILIZING),
        ((running("a"), running("b")), STABILIZING),
        ((running("a"), TaskView(id="b", status=PENDING)), STABILIZING),
        ((running("a"), TaskView(id="b", status=STOPPING)), STEADY_STATE),
        ((TaskView(id="a", status=RUNNING, registered=True, health="healthy", failed=True),), STABILIZING),
        ((), STABILIZING),
    ],
)
def test_a_task_set_is_steady_when_the_desired_tasks_run_and_pass(tasks: tuple[TaskView, ...], expected: str) -> None:
    assert stability(of(*tasks)) == expected


def test_an_empty_task_set_of_which_nothing_is_desired_is_steady() -> None:
    assert stability(of(desired=0)) == STEADY_STATE
