"""Lives one plan through: steps the engine, lets things happen, and looks at the invariants all the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from bluegreen.loopback import machine
from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.codedeploy import appspec
from bluegreen.loopback.codedeploy.appspec import AppSpec, parse
from bluegreen.loopback.codedeploy.deployment import Deployment, Status
from bluegreen.loopback.machine import Machine

from .course_invariants import picture
from .draw import draw
from .facts import Write
from .happenings import HAPPENINGS
from .invariants import AT_REST, AT_STEPS, AT_WRITES, Invariant, Violation, violated
from .plan import Happening, Plan
from .world import World

# The longest interval at which the engine looks at something; after it, only the clock can bring it on.
SETTLED_SECONDS = 10.0
SHORT_STEP, SHORTEST_STEP = 2.5, 0.02
REST_SECONDS = 120.0
MOST_STEPS = 100_000


@dataclass(frozen=True)
class Outcome:
    """What came of a plan: the log, and the first invariant that did not hold."""

    plan: Plan
    log: tuple[str, ...]
    happened: tuple[Happening, ...]
    steps: int
    violation: Violation | None


def live(plan: Plan) -> Outcome:
    """Live through the plan, up to its end or to the first violation."""
    with _stage() as clock:
        return History(World(plan, clock)).live()


def live_seed(seed: int) -> Outcome:
    """Live through the plan of a seed."""
    return live(draw(seed))


class History:
    """One plan under way."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.violation: Violation | None = None
        self.steps = 0
        self._happened: list[Happening] = []
        self._scheduled: set[int] = set()
        self._changed_at = world.clock.now()
        world.account.told = self._told

    def live(self) -> Outcome:
        world = self.world
        for release in world.plan.releases:
            world.prepare()
            self._pass(release.gap)
            world.release(release)
            self._rest()
            self._check(AT_REST)
            if self.violation:
                break
        return Outcome(world.plan, tuple(world.log), tuple(self._happened), self.steps, self.violation)

    def _rest(self) -> None:
        """Go on until no deployment is under way, nor was for a while."""
        quiet_since = self.world.clock.now()
        while not self.violation:
            active = self.world.active() is not None
            if active:
                quiet_since = self.world.clock.now()
            elif self.world.clock.now() >= quiet_since + REST_SECONDS:
                return
            self._step(float("inf") if active else quiet_since + REST_SECONDS)
            if self.steps > MOST_STEPS:
                self.violation = Violation("a_deployment_ends_within_its_limits", "the clock stands still")

    def _pass(self, seconds: float) -> None:
        until = self.world.clock.now() + seconds
        while self.world.clock.now() < until and not self.violation:
            self._step(until)

    def _step(self, until: float) -> None:
        """Do what is due, then move the clock on."""
        self.steps += 1
        world = self.world
        self._schedule()
        before = len(world.log)
        acted = world.do_due()
        self._report()
        self._look_ahead()
        world.engine.step()
        self._check(AT_STEPS)
        self._remember()
        if acted or len(world.log) > before:
            self._changed_at = world.clock.now()
        world.clock.time = max(self._next(until), world.clock.now() + SHORTEST_STEP)

    def _next(self, until: float) -> float:
        """Return when something can come about next; shortly after a change, everybody still has to see it."""
        now = self.world.clock.now()
        change = self.world.next_change()
        soonest = min(change, self.world.engine.due, until, now + 86400.0)
        if now - self._changed_at < SETTLED_SECONDS:
            soonest = min(soonest, now + SHORT_STEP)
        elif soonest == change:
            self._changed_at = soonest
        return soonest

    def _report(self) -> None:
        account, now = self.world.account, self.world.clock.now()
        due = [one for one in account.reports if one[0] <= now]
        if due:
            account.reports = [one for one in account.reports if one[0] > now]
            for _, payload, status in sorted(due, key=lambda one: one[0]):
                self.world.report(payload, status)

    def _schedule(self) -> None:
        """Happenings whose event has begun get their time."""
        for number, happening in enumerate(self.world.plan.happenings):
            if number not in self._scheduled:
                began = self._began(happening)
                if began is not None:
                    self._scheduled.add(number)
                    seconds = began + happening.moment.seconds - self.world.clock.now()
                    self.world.later(max(0.0, seconds), lambda happening=happening: self._arm(happening))

    def _began(self, happening: Happening) -> float | None:
        moment, world = happening.moment, self.world
        if moment.release >= len(world.ids):
            return None
        deployment = world.deployment(world.ids[moment.release])
        if moment.event is None:
            return deployment.created
        if moment.event == "Waiting":
            return world.facts.waited.get(deployment.id)
        if moment.event == "Ready":
            return world.facts.ready.get(deployment.id)
        return next((event.started for event in deployment.lifecycle if event.name == moment.event), None)

    def _arm(self, happening: Happening) -> None:
        call = happening.moment.call
        if call is None:
            self._happen(happening)
        else:
            self.world.account.meanwhile[call] = lambda: self._happen(happening)

    def _happen(self, happening: Happening) -> None:
        world = self.world
        world.log.append(f"* {happening.kind} {' '.join(map(str, happening.detail))}".rstrip())
        self._happened.append(happening)
        world.facts.happened.add(happening.kind)
        self._changed_at = world.clock.now()
        HAPPENINGS[happening.kind].act(world, *happening.detail)
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Note how the account is before a deployment changes it, also what others change in its very first step."""
        active = self.world.active()
        if active and active.id not in self.world.facts.wrote:
            self.world.facts.began[active.id] = self.world.look()

    def _told(self, call: str, arguments: tuple[object, ...]) -> None:
        """The engine changed something."""
        facts, active = self.world.facts, self.world.active()
        self._changed_at = self.world.clock.now()
        if call.startswith("Modify"):
            facts.by_hand.discard(str(arguments[0]))
        if self.world.preparing:
            return
        if active and call != "Invoke":
            facts.wrote.add(active.id)
        facts.write = Write(call=call, arguments=arguments)
        self._check(AT_WRITES)
        facts.write = None

    def _check(self, invariants: tuple[Invariant, ...]) -> None:
        if self.violation is None:
            self.violation = violated(self.world, invariants)
            if self.violation:
                self.world.log.append(f"! {self.violation}")

    def _remember(self) -> None:
        facts = self.world.facts
        for one in self.world.unfinished():
            events = tuple(event.status.value for event in one.lifecycle)
            if (one.status.value, events) != (facts.statuses.get(one.id), facts.events.get(one.id)):
                self._log(one, events)
                facts.statuses[one.id], facts.events[one.id] = one.status.value, events
            if one.termination_wait_started:
                facts.waited.setdefault(one.id, self.world.clock.now())
            if one.status is Status.READY:
                facts.ready.setdefault(one.id, self.world.clock.now())
            if one.status.terminal:
                facts.shown[one.id] = picture(one)
                if one.rollback:
                    rollback = one.rollback["rollbackDeploymentId"]
                    facts.shown[rollback] = picture(self.world.deployment(rollback))

    def _log(self, one: Deployment, events: tuple[str, ...]) -> None:
        facts, log = self.world.facts, self.world.log
        before = facts.events.get(one.id, ("Pending",) * len(events))
        for event, was, status in zip(one.lifecycle, before, events, strict=True):
            if status != was:
                log.append(f"{event.name} {status}")
        if one.status.value != facts.statuses.get(one.id):
            reason = f": {one.error['code']}" if one.error else ""
            log.append(f"{one.id} {one.status.value}{reason}{', rolled back' if one.rollback else ''}")


@cache
def _parsed(text: str) -> AppSpec:
    """Parse each AppSpec once: otherwise YAML takes a third of the time."""
    return parse(text)


@contextmanager
def _stage() -> Iterator[ManualClock]:
    here = Machine(clock=(clock := ManualClock()))
    machine.install(here)
    appspec.parse = _parsed
    try:
        yield clock
    finally:
        appspec.parse = parse
        here.close()
