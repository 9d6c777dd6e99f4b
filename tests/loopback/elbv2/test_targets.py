"""The targets of a group, over time."""

from __future__ import annotations

import pytest

from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.elbv2.health import PASSED, Finding, State, Thresholds
from bluegreen.loopback.elbv2.targets import Key, Targets

ONE, TWO = Key("127.16.1.1", 3000), Key("127.16.1.1", 3001)
FAILED = Finding(reason="Target.Timeout", description="Request timed out")
THRESHOLDS = Thresholds(healthy=2, unhealthy=2)
INTERVAL = 30.0


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def targets(clock: ManualClock) -> Targets:
    """A group that a listener uses."""
    group = Targets()
    group.use(in_use=True, checked=True, now=clock.now())
    return group


def probe(targets: Targets, clock: ManualClock, finding: Finding) -> None:
    for key in targets.begin_due(clock.now(), INTERVAL):
        targets.found(key, finding, THRESHOLDS)


def test_targets_of_a_group_that_nothing_uses_are_not_checked(clock: ManualClock) -> None:
    targets = Targets()
    targets.register(ONE, clock.now())

    assert targets.begin_due(clock.now(), INTERVAL) == []
    assert (targets.health(ONE).state, targets.health(ONE).reason) == (State.UNUSED, "Target.NotInUse")


def test_a_group_that_comes_into_use_starts_with_its_targets_initial(clock: ManualClock) -> None:
    targets = Targets()
    targets.register(ONE, clock.now())
    targets.use(in_use=True, checked=True, now=clock.now())

    assert targets.health(ONE).state is State.INITIAL
    assert targets.begin_due(clock.now(), INTERVAL) == [ONE]


def test_a_group_that_goes_out_of_use_forgets_who_was_healthy(targets: Targets, clock: ManualClock) -> None:
    targets.register(ONE, clock.now())
    probe(targets, clock, PASSED)
    targets.use(in_use=False, checked=True, now=clock.now())

    assert targets.health(ONE).state is State.UNUSED


def test_the_same_address_on_two_ports_is_two_targets(targets: Targets, clock: ManualClock) -> None:
    targets.register(ONE, clock.now())
    targets.register(TWO, clock.now())
    targets.deregister(ONE, clock.now() + 10)

    assert targets.serving() == (TWO,)


def test_each_target_is_probed_once_an_interval_from_its_own_start(targets: Targets, clock: ManualClock) -> None:
    targets.register(ONE, clock.now())
    probe(targets, clock, PASSED)
    clock.advance(20)
    targets.register(TWO, clock.now())

    assert targets.begin_due(clock.now(), INTERVAL) == [TWO]
    clock.advance(10)
    assert targets.begin_due(clock.now(), INTERVAL) == [ONE]


def test_a_target_whose_probe_still_runs_is_not_probed_again(targets: Targets, clock: ManualClock) -> None:
    targets.register(ONE, clock.now())
    targets.begin_due(clock.now(), INTERVAL)
    clock.advance(INTERVAL * 2)

    assert targets.begin_due(clock.now(), INTERVAL) == []


def test_requests_go_to_the_healthy_targets_and_to_all_when_none_is(targets: Targets, clock: ManualClock) -> None:
    for key in (ONE, TWO):
        targets.register(key, clock.now())
    assert targets.serving() == (ONE, TWO)

    targets.begin_due(clock.now(), INTERVAL)
    targets.found(ONE, PASSED, THRESHOLDS)
    assert targets.serving() == (ONE,)

    for _ in range(2):
        targets.found(ONE, FAILED, THRESHOLDS)
        targets.found(TWO, FAILED, THRESHOLDS)
    assert targets.health(TWO).state is State.UNHEALTHY
    assert targets.serving() == (ONE, TWO)


def test_a_deregistered_target_drains_until_its_delay_is_over(targets: Targets, clock: ManualClock) -> None:
    targets.register(ONE, clock.now())
    probe(targets, clock, PASSED)
    targets.deregister(ONE, clock.now() + 300)

    assert targets.serving() == ()
    clock.advance(299)
    targets.forget_drained(clock.now())
    assert targets.health(ONE).state is State.DRAINING
    clock.advance(1)
    targets.forget_drained(clock.now())
    assert list(targets) == []
    assert targets.health(ONE).reason == "Target.NotRegistered"


def test_deregistering_twice_does_not_prolong_the_delay(targets: Targets, clock: ManualClock) -> None:
    targets.register(ONE, clock.now())
    targets.deregister(ONE, clock.now() + 10)
    targets.deregister(ONE, clock.now() + 1000)
    clock.advance(10)
    targets.forget_drained(clock.now())

    assert list(targets) == []


def test_a_draining_target_that_is_registered_again_starts_anew(targets: Targets, clock: ManualClock) -> None:
    targets.register(ONE, clock.now())
    probe(targets, clock, PASSED)
    targets.deregister(ONE, clock.now() + 10)
    targets.register(ONE, clock.now())

    assert targets.health(ONE).state is State.INITIAL
    assert targets.serving() == (ONE,)


def test_without_health_checks_every_target_serves(clock: ManualClock) -> None:
    targets = Targets()
    targets.use(in_use=True, checked=False, now=clock.now())
    targets.register(ONE, clock.now())

    assert targets.begin_due(clock.now(), INTERVAL) == []
    assert (targets.health(ONE).state, targets.serving()) == (State.UNAVAILABLE, (ONE,))
