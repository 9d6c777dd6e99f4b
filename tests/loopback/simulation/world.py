"""The real CodeDeploy with its engine in a simulated account, and what people do to both."""

from __future__ import annotations

import hashlib
import heapq
import weakref
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.codedeploy.account import Action
from bluegreen.loopback.codedeploy.deployment import Deployment
from bluegreen.loopback.codedeploy.engine import Engine
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.forwarding import weights
from bluegreen.loopback.codedeploy.identifiers import Identifiers
from bluegreen.loopback.codedeploy.models import LoopbackCodeDeployBackend
from bluegreen.loopback.codedeploy.operations import OPERATIONS
from bluegreen.loopback.codedeploy.run import Run

from .facts import Began, Facts
from .plan import Plan, Release
from .requests import answer, application, configuration, deployment, group
from .simulated_account import BLUE, PRODUCTION, TEST, SimulatedAccount, forward, words

_OPERATIONS = {operation.__name__: operation for operation in OPERATIONS}


class TimedLog(list[str]):
    """Lines with the seconds of the clock before them."""

    def __init__(self, clock: ManualClock) -> None:
        super().__init__()
        self._clock = clock

    def append(self, line: str, /) -> None:
        super().append(f"{self._clock.elapsed:10.3f} {line}")


class WatchedEngine(Engine):
    """Remembers, weakly, which runs it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[weakref.ref[Run]] = []

    def start(self, run: Run) -> None:
        self.runs.append(weakref.ref(run))
        super().start(run)


class World:
    """One history's stage; `facts` is what is known of it without asking the engine."""

    def __init__(self, plan: Plan, clock: ManualClock) -> None:
        self.plan = plan
        self.clock = clock
        self.log = TimedLog(clock)
        self.facts = Facts()
        self.account = SimulatedAccount(clock=clock, log=self.log, alarms=dict(plan.alarms))
        self.account.listeners = {PRODUCTION: forward(BLUE)}
        if plan.test_on:
            self.account.listeners[TEST] = forward(f"arn:{plan.test_on}")
        self.account.rules = {f"{PRODUCTION}/rule{number}": forward(BLUE) for number in range(plan.rules)}
        self.account.rules |= {f"{PRODUCTION}/other": forward("arn:elsewhere")} if plan.rules else {}
        self.backend = LoopbackCodeDeployBackend("us-east-1", "123456789012")
        self.backend.identifiers = Identifiers(_repeatable(plan.seed))
        self.backend.engine = self.engine = WatchedEngine()
        self.backend.act_in(self.account)
        self.ids: list[str] = []
        self._events: dict[str, tuple[str, str]] = {}
        self._later: list[tuple[float, int, Callable[[], object]]] = []
        self._number = 0
        self.preparing = False
        for name, state in plan.alarms:
            self.set_alarm(name, state)

    # --- what people do ---

    def prepare(self) -> None:
        """Make what is not there: the application, the configuration, the group."""
        ledger = self.backend.ledger
        if "a" not in ledger.applications:
            self.api("create_application", **application())
        custom = configuration(self.plan)
        if custom and "custom" not in ledger.configurations:
            self.api("create_deployment_config", **custom)
        self.preparing = True
        if "g" not in ledger.application("a").groups:
            self.say("create_deployment_group", **group(self.plan))
        self.preparing = False

    def release(self, release: Release) -> None:
        """Create a deployment; its functions have names of their own."""
        number = len(self.ids) + 1
        for event, function in release.hooks:
            self.account.functions[f"{event}-{number}"] = function
        request = deployment(release, number, self.account.objects)
        before = set(self.backend.ledger.deployments)
        self.say("create_deployment", **request)
        for made in self.backend.ledger.deployments.keys() - before:
            self.ids.append(made)
            self.facts.releases[made] = release
            self.facts.moved[made] = set()
            self.account.new_tasks_healthy = release.healthy
            self.account.new_tasks_start_after = release.starts_after

    def stop(self, rollback: bool | None) -> None:
        if self.ids and self.say("stop_deployment", deploymentId=self.newest.id, autoRollbackEnabled=rollback):
            self.facts.accept_stop(self.newest.id, rollback, self.clock.now())

    def go_on(self, wait: str) -> None:
        if self.ids and self.say("continue_deployment", deploymentId=self.newest.id, deploymentWaitType=wait):
            self.facts.continued.add((self.newest.id, wait))

    def report(self, payload: Mapping[str, str], status: str) -> None:
        """A function reports; the first accepted report is a fact."""
        if self.say("put_lifecycle_event_hook_execution_status", **answer(payload, status)):
            where = self._events_of()[payload["LifecycleEventHookExecutionId"]]
            self.log.append(f"reported {status} for {where[1]}")
            self.facts.reports.setdefault(where, status)

    def move(self, which: str, actions: Sequence[Action]) -> None:
        """A listener or rule is moved by hand."""
        place = self.account.rules if "/" in which else self.account.listeners
        if which in place:
            place[which] = tuple(actions)
            self.log.append(f"by hand, {which.removeprefix('arn:')}: {words(actions)}")
            self.facts.by_hand.add(which)
            for one in self.facts.moved:
                if self.deployment(one) and not self.deployment(one).status.terminal:
                    self.facts.moved[one].add(which)

    def drop(self, side: str) -> None:
        """A task set is deleted by hand, unless it is the primary one."""
        arn = self.task_set(side)
        found = self.account.task_sets.get(arn)
        if found and found.status != "PRIMARY":
            self.account.drop(arn)
            self.log.append(f"by hand, {arn.removeprefix('arn:')} is deleted")

    def set_alarm(self, name: str, state: str) -> None:
        self.account.alarms[name] = state
        if state == "ALARM":
            self.facts.red_since.setdefault(name, self.clock.now())
        else:
            self.facts.red_since.pop(name, None)

    def later(self, seconds: float, act: Callable[[], object]) -> None:
        """Do something some seconds from now."""
        self._number += 1
        heapq.heappush(self._later, (self.clock.now() + seconds, self._number, act))

    def do_due(self) -> bool:
        """Do what is due by now; say whether there was something."""
        done = False
        while self._later and self._later[0][0] <= self.clock.now():
            heapq.heappop(self._later)[2]()
            done = True
        return done

    def next_change(self) -> float:
        """Return when (epoch seconds) something changes outside the engine."""
        return min(self.account.next_change(), self._later[0][0] if self._later else float("inf"))

    # --- what there is ---

    @property
    def newest(self) -> Deployment:
        """The deployment that was created last, rollbacks aside."""
        return self.backend.ledger.deployments[self.ids[-1]]

    def deployment(self, one: str) -> Deployment:
        return self.backend.ledger.deployments[one]

    def releases(self) -> list[Deployment]:
        """Return the deployments that users created, in their order."""
        return [self.backend.ledger.deployments[one] for one in self.ids]

    def unfinished(self) -> list[Deployment]:
        """Return the releases of which nobody has seen the end yet: the others must not change at all."""
        deployments, shown = self.backend.ledger.deployments, self.facts.shown
        return [deployments[one] for one in self.ids if one not in shown]

    def active(self) -> Deployment | None:
        return next((one for one in self.unfinished() if not one.status.terminal), None)

    def task_set(self, side: str) -> str:
        """Return the ARN of the original or the replacement of the newest deployment; empty where there is none."""
        if not self.ids:
            return ""
        if side == "original":
            began = self.facts.began.get(self.newest.id)
            return began.primary if began else ""
        sets = self.account.task_sets.values()
        return next((one.arn for one in sets if one.external_id == self.newest.id), "")

    def look(self) -> Began:
        """Describe the account as it is."""
        sets = [one for one in self.account.task_sets.values() if one.status != "DRAINING"]
        primary = next((one for one in sets if one.status == "PRIMARY"), None)
        return Began(
            shares={arn: dict(weights(actions)) for arn, actions in self.account.actions().items()},
            primary=primary.arn if primary else "",
            group=primary.target_group if primary else "",
            task_sets=frozenset(one.arn for one in sets),
        )

    def api(self, operation: str, **request: Any) -> dict[str, Any]:
        """Call an operation of CodeDeploy."""
        return _OPERATIONS[operation](self.backend, {name: one for name, one in request.items() if one is not None})

    def say(self, operation: str, **request: Any) -> bool:
        """Call an operation and write down what came of it; say whether it was accepted."""
        try:
            self.api(operation, **request)
        except Refusal as refusal:
            self.log.append(f"{operation} refused: {refusal.error_type}")
            return False
        self.log.append(operation)
        return True

    def _events_of(self) -> dict[str, tuple[str, str]]:
        """Return deployment and event by hook execution; who was invoked says which event it is."""
        for payload, function in zip(self.account.payloads, self.account.invoked, strict=True):
            execution = payload["LifecycleEventHookExecutionId"]
            self._events.setdefault(execution, (payload["DeploymentId"], function.rsplit("-", 1)[0]))
        return self._events


def _repeatable(seed: int) -> Callable[[int], bytes]:
    count = iter(range(1_000_000))
    return lambda size: hashlib.shake_128(f"{seed}/{next(count)}".encode()).digest(size)
