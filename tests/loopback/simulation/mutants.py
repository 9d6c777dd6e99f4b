"""The engine, broken on purpose: each function breaks one thing until its monkeypatch is undone."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from bluegreen.loopback.codedeploy import course, hook, replacement, rollback, route, shift, waits, watches
from bluegreen.loopback.codedeploy.account import Action
from bluegreen.loopback.codedeploy.call_failed import CallFailed
from bluegreen.loopback.codedeploy.deployment import READY_WAIT, TERMINATION_WAIT, Deployment, Status
from bluegreen.loopback.codedeploy.ending import Ending
from bluegreen.loopback.codedeploy.engine import Engine
from bluegreen.loopback.codedeploy.hook_execution import HookExecution
from bluegreen.loopback.codedeploy.ledger import Ledger
from bluegreen.loopback.codedeploy.lifecycle import EventStatus, Lifecycle
from bluegreen.loopback.codedeploy.role import ElasticLoadBalancing
from bluegreen.loopback.codedeploy.route import Route
from bluegreen.loopback.codedeploy.run import Run, Steps
from bluegreen.loopback.codedeploy.shift import Patience


def status_first(monkeypatch: pytest.MonkeyPatch) -> None:
    before = course._end

    def end(run: Run, ending: Ending) -> Steps[None]:
        run.deployment.end(ending.status, run.now)
        yield from before(run, ending)

    monkeypatch.setattr(course, "_end", end)


def late_failed_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report Failed that comes after ten seconds counts as Succeeded."""
    before = hook._answer

    def answer(run: Run, event: str, function: str) -> Steps[None]:
        began = run.now
        try:
            yield from before(run, event, function)
        except Ending as ending:
            if ending.code != "HOOK_EXECUTION_FAILURE" or run.now - began < 10:
                raise

    monkeypatch.setattr(hook, "_answer", answer)


def rules_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    def write(self: Route, role: ElasticLoadBalancing) -> None:
        if self.default:
            role.modify_listener(self.listener, self.default)

    monkeypatch.setattr(Route, "write", write)


def test_listener_forgotten_in_rollback(monkeypatch: pytest.MonkeyPatch) -> None:
    def restore(run: Run) -> None:
        run.both.production.write(run.role)
        run.both.weight = 0

    monkeypatch.setattr(rollback, "_restore_routes", restore)


def test_traffic_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "allow_test_traffic", lambda run: run.step())


def shift_before_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook that has not answered after a minute is taken for Succeeded."""

    def answer(run: Run, event: str, function: str) -> Steps[None]:
        execution = HookExecution(id=run.identifiers.hook_execution(), event=event)
        run.deployment.hooks[execution.id] = execution
        yield from run.call(lambda: run.role.invoke_function(function, _payload(run, execution)))
        yield from run.pause(60.0)
        execution.close()
        if execution.report == "Failed":
            raise hook.failed("HOOK_EXECUTION_FAILURE", hook.HOOK_FAILED)

    monkeypatch.setattr(hook, "_answer", answer)


def _payload(run: Run, execution: HookExecution) -> bytes:
    payload = {"DeploymentId": run.deployment.id, "LifecycleEventHookExecutionId": execution.id}
    return json.dumps(payload).encode()


def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ledger, "active", lambda *_: None)


def termination_wait_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Ledger.active

    def active(self: Ledger, application: str, group: str) -> Deployment | None:
        found = before(self, application, group)
        return None if found and found.termination_wait_started else found

    monkeypatch.setattr(Ledger, "active", active)


def primary_forgotten_in_rollback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rollback, "_restore_primary", lambda _: None)


def weights_90_20(monkeypatch: pytest.MonkeyPatch) -> None:
    before = shift.weighted

    def weighted(actions: Sequence[Action], shares: dict[str, int]) -> tuple[Action, ...]:
        return before(actions, {arn: 20 if 0 < share <= 10 else share for arn, share in shares.items()})

    monkeypatch.setattr(shift, "weighted", weighted)


def invoked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    before = hook._answer

    def answer(run: Run, event: str, function: str) -> Steps[None]:
        yield from before(run, event, function)
        yield from before(run, event, function)

    monkeypatch.setattr(hook, "_answer", answer)


def late_report_reopens(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report for an event that is over still changes the event."""
    before = HookExecution.answer
    owners: dict[str, Lifecycle] = {}
    begin = Lifecycle.begin

    def began(self: Lifecycle, name: str, now: float) -> None:
        owners[name] = self
        begin(self, name, now)

    def answer(self: HookExecution, status: str) -> bool:
        accepted = before(self, status)
        if not accepted and self.event in owners:
            event = owners[self.event].event(self.event)
            event.ended = (event.ended or 0.0) + 1.0
        return accepted

    monkeypatch.setattr(Lifecycle, "begin", began)
    monkeypatch.setattr(HookExecution, "answer", answer)


def ready_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(run: Run) -> Steps[None]:
        if run.deployment.terms.ready_wait is None:
            return
        run.deployment.status, run.deployment.waiting = Status.READY, READY_WAIT
        run.due = float("inf")
        while READY_WAIT not in run.deployment.continued:
            yield from run.step()
        run.deployment.status, run.deployment.waiting = Status.IN_PROGRESS, None

    monkeypatch.setattr(course, "ready_wait", wait)


def alarm_ignored_in_the_shift(monkeypatch: pytest.MonkeyPatch) -> None:
    before = watches.AlarmWatch.__call__

    def watch(self: watches.AlarmWatch) -> None:
        if self._run.deployment.lifecycle.event("AllowTraffic").status != "InProgress":
            before(self)

    monkeypatch.setattr(watches.AlarmWatch, "__call__", watch)


def retry_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    def call(self: Run, call: Callable[[], Any]) -> Steps[Any]:
        while True:
            try:
                return call()
            except CallFailed as failure:
                if not failure.passing:
                    raise
            yield from self.pause(30.0)

    monkeypatch.setattr(Run, "call", call)


def no_retry(monkeypatch: pytest.MonkeyPatch) -> None:
    def call(self: Run, call: Callable[[], Any]) -> Steps[Any]:
        yield from ()
        return call()

    monkeypatch.setattr(Run, "call", call)


def interval_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    def interval(run: Run, seconds: float, patience: Patience) -> Steps[None]:
        yield from run.pause(seconds / 2)

    monkeypatch.setattr(shift, "_interval", interval)


def original_deleted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    def wait(run: Run) -> Steps[None]:
        run.deployment.termination_wait_started = True
        run.both.final = True
        run.watches.clear()
        yield from waits.delete(run, run.both.original)

    monkeypatch.setattr(course, "termination_wait", wait)


def replacement_left_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rollback, "_delete_replacement", lambda _: None)


def stop_ignored_in_the_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    before = watches.StopWatch.__call__

    def watch(self: watches.StopWatch) -> None:
        if self._run.deployment.waiting != TERMINATION_WAIT:
            before(self)

    monkeypatch.setattr(watches.StopWatch, "__call__", watch)


def leftover_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """The group that gets the replacement keeps the traffic that a stopped shift left on it."""
    monkeypatch.setattr(replacement, "_prepare", lambda run, _: run.step())


def never_rolled_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "_rolls_back", lambda *_: False)


def lost_answer_makes_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replacement, "_created_once", lambda run, request: run.role.create_task_set(request))


def generators_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    def step(self: Engine) -> None:
        for _, steps in self._under_way:
            next(steps, None)

    monkeypatch.setattr(Engine, "step", step)


def one_rule_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the listener's default action is followed."""
    before = route.read
    monkeypatch.setattr(route, "read", lambda *given: replace(before(*given), rules={}))


def overview_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Deployment, "overview", lambda _: {"Succeeded": 1})


def ready_shown_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    before = waits.ready_wait

    def wait(run: Run) -> Steps[None]:
        yield from before(run)
        if run.deployment.terms.ready_wait is not None:
            run.deployment.status = Status.READY

    monkeypatch.setattr(course, "ready_wait", wait)


def skipped_events_succeed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Lifecycle.abandon

    def abandon(self: Lifecycle, now: float) -> None:
        before(self, now)
        for event in self.events:
            if event.status is EventStatus.SKIPPED:
                event.status = EventStatus.SUCCEEDED

    monkeypatch.setattr(Lifecycle, "abandon", abandon)


def listener_back_after_success(monkeypatch: pytest.MonkeyPatch) -> None:
    before = waits.termination_wait

    def wait(run: Run) -> Steps[None]:
        yield from before(run)
        yield from run.call(lambda: run.both.production.write(run.role))

    monkeypatch.setattr(course, "termination_wait", wait)
