"""What is told early of tasks that do not become steady, and what is not told again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bluegreen.release import steadiness, trouble, unsteady
from bluegreen.release.alarm_reason import AlarmState
from bluegreen.release.snapshot import parse
from bluegreen.release.target_health import Target
from bluegreen.release.task_end import ContainerEnd, TaskEnd
from bluegreen.release.task_log import Tail
from bluegreen.release.trouble import Trouble
from tests.release.conftest import SAMPLE, START

Recorded = Callable[..., Any]
PORT = 3000
UNHEALTHY = Target(port=PORT, code="Target.Timeout", description="Request timed out")
TAIL = Tail(container="rust-api", where="/ecs/sample rust-api/rust-api/1", lines=("no DATABASE_URL",))


def crash(number: int, code: int = 3) -> TaskEnd:
    return TaskEnd(
        task_id=str(number),
        stop_code="EssentialContainerExited",
        reason="Essential container in task exited",
        stopped=START + timedelta(seconds=number),
        containers=(ContainerEnd(name="rust-api", exit_code=code),),
    )


def find(**seen: Any) -> unsteady.Unsteady:
    found = unsteady.find(Trouble(**seen), SAMPLE)
    assert found
    return found


def test_nothing_wrong_is_nothing_to_tell() -> None:
    events = ("(service x) has started 1 tasks: (task 1).", "(service x) has reached a steady state.")
    assert unsteady.find(Trouble(events=events), SAMPLE) is None


def test_a_crash_is_told_with_its_last_lines_and_again_only_when_it_is_a_loop_or_another() -> None:
    first = find(tasks=(crash(1),), tail=TAIL)
    assert first.cause == "Essential container in task exited; container rust-api: exit code 3"
    assert first.details == TAIL.words
    assert find(tasks=(crash(1), crash(2))).key == first.key
    loop = find(tasks=(crash(1), crash(2), crash(3)))
    assert loop.key != first.key
    assert find(tasks=tuple(crash(n) for n in range(9))).key == loop.key
    assert find(tasks=(crash(1, code=4),)).key != first.key


def test_ids_and_addresses_make_no_new_cause() -> None:
    def failed(request: str) -> TaskEnd:
        reason = f"ResourceInitializationError: request id {request} from 10.0.0.7"
        return TaskEnd(task_id=request, stop_code="TaskFailedToStart", reason=reason)

    one, other = failed("0123456789abcdef-0"), failed("fedcba9876543210-1")
    assert find(tasks=(one,)).key == find(tasks=(other,)).key
    assert find(tasks=(one, other)).count == 2


def test_other_ends_are_told_beside_the_first() -> None:
    assert find(tasks=(crash(1), crash(2, code=4))).details == (
        "Essential container in task exited; container rust-api: exit code 4",
    )


def test_health_checks_are_told_with_what_the_load_balancer_says() -> None:
    ended = TaskEnd(
        task_id="1", stop_code="ServiceSchedulerInitiated", reason="Task failed ELB health checks in (target-group x)"
    )
    found = find(tasks=(ended,), targets=(UNHEALTHY,), tail=TAIL)
    assert found.cause == (
        "its tasks fail the load balancer's health checks: Request timed out (Target.Timeout) on port 3000"
    )
    assert found.details == TAIL.words
    assert "`timeout` under [health_check]" in found.next_step
    assert find(targets=(UNHEALTHY,)).cause == found.cause
    assert find(tasks=(ended,)).cause == ended.reason


def test_the_event_has_the_count_and_the_next_step() -> None:
    event = unsteady.as_event(find(tasks=(crash(1), crash(2)), tail=TAIL), "d-1", "sample:5")
    assert event.text.splitlines()[0] == (
        "sample:5 is not steady (2 tasks so far): Essential container in task exited; container rust-api: exit code 3"
    )
    assert event.text.splitlines()[-1].startswith("next: mend what")
    assert event.fields["count"] == 2


def test_what_is_gone_at_the_end_is_kept_from_before() -> None:
    red = AlarmState(name="a", state="ALARM")
    earlier = Trouble(tasks=(crash(1),), tail=TAIL, targets=(UNHEALTHY,), events=("one",), alarms=(red,))
    later = Trouble(
        tasks=(crash(2),),
        tail=replace(TAIL, lines=()),
        events=("one", "two"),
        alarms=(AlarmState(name="a", state="OK"), AlarmState(name="b", state="OK")),
    )
    found = later.after(earlier)
    assert [one.task_id for one in found.tasks] == ["1", "2"]
    assert (found.tail, found.targets, found.events) == (TAIL, (UNHEALTHY,), ("one", "two"))
    assert [(one.name, one.state) for one in found.alarms] == [("a", "ALARM"), ("b", "OK")]


def test_it_looks_only_while_a_replacement_has_to_be_steady(deployment_info: Recorded, ecs_target: Recorded) -> None:
    running = parse(deployment_info(), ecs_target(Install="InProgress"))
    assert steadiness.due(running)
    assert not steadiness.due(parse(deployment_info(), None))
    assert not steadiness.due(replace(running, status="Ready"))
    assert not steadiness.due(replace(running, termination_wait_started=True))
    assert not steadiness.due(replace(running, rolls_back="d-2"))


def a_task(revision: str, started_by: str, created: datetime = START) -> dict[str, Any]:
    arn = f"arn:aws:ecs:us-east-1:1:task-definition/{revision}"
    return {"taskDefinitionArn": arn, "startedBy": started_by, "createdAt": created}


def test_only_tasks_of_the_replacement_count(deployment_info: Recorded, ecs_target: Recorded) -> None:
    deployment = parse(deployment_info(), ecs_target())
    assert trouble.is_of(a_task("x:5", "ecs-svc/Green"), deployment, "x:5")
    assert not trouble.is_of(a_task("x:4", "ecs-svc/Green"), deployment, "x:5")
    assert not trouble.is_of(a_task("x:5", "ecs-svc/before"), deployment, "x:5")
    untold = parse(deployment_info(), None)
    assert trouble.is_of(a_task("x:5", "ecs-svc/1"), untold, "x:5")
    assert not trouble.is_of(a_task("x:5", "ecs-svc/1", START - timedelta(hours=1)), untold, "x:5")
    assert not trouble.is_of(a_task("x:5", "ecs-svc/1"), untold, "")
