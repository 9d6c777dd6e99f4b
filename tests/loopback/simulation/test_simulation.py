"""Thousands of histories, none of which breaks an invariant; and what the simulation itself promises."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pytest

from bluegreen.loopback.codedeploy import course

from . import mutants
from .draw import draw
from .history import live, live_seed
from .plan import Happening, Moment, Plan, Release, Routing
from .runner import broken, violations
from .shrink import shrink
from .simulated_account import TEST, Function

SEEDS, CHUNK = 3000, 200
CANARY = {"type": "TimeBasedCanary", "percentage": 10, "minutes": 5, "predefined": "ECSCanary10Percent5Minutes"}
COMMAND = [sys.executable, "-m", "tests.loopback.simulation"]


@pytest.mark.parametrize("start", range(0, SEEDS, CHUNK))
def test_no_history_breaks_an_invariant(start: int) -> None:
    found = broken(range(start, start + CHUNK))
    assert not found, "\n".join(f"seed {one.plan.seed}: {one.violation}" for one in found)


@pytest.mark.parametrize("seed", [7, 159, 1102, 2778])
def test_a_seed_is_one_history(seed: int) -> None:
    assert "\n".join(live_seed(seed).log) == "\n".join(live_seed(seed).log)


def test_a_seed_is_the_same_history_in_another_process() -> None:
    printed = {_printed("159", hash_seed) for hash_seed in ("1", "2")}
    assert len(printed) == 1
    assert "\n".join(live_seed(159).log) in printed.pop()


def test_what_could_be_left_out_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    mutants.stop_ignored_in_the_wait(monkeypatch)
    stop = Happening(kind="stop", moment=Moment(release=0, seconds=20.0, event="Waiting"), detail=(True,))
    noise = Happening(kind="crash", moment=Moment(release=0, seconds=1.0, event="Install"), detail=("replacement",))
    later = Happening(kind="alarm", moment=Moment(release=1, seconds=0.0), detail=("errors", "ALARM"))
    release = Release(hooks=(("AfterInstall", Function()),))
    outcome = live(_plan(termination=5, releases=(release, Release()), happenings=(noise, stop, later)))
    shortest = shrink(outcome)
    assert outcome.violation
    assert shortest.violation
    assert shortest.violation.invariant == outcome.violation.invariant == "an_accepted_stop_is_obeyed"
    assert shortest.plan.happenings == (stop,)
    assert shortest.plan.releases == (Release(),)


def test_the_command_says_which_seed_broke_what(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from .__main__ import main  # noqa: PLC0415 - a program, imported to be run

    mutants.never_rolled_back(monkeypatch)
    monkeypatch.setattr(sys, "argv", ["simulation", "--seeds", "20"])
    assert main() == 1
    printed = capsys.readouterr().out
    assert "broke a_rollback_follows_where_it_is_configured" in printed
    assert "its shortest failing history" in printed


def test_seeds_are_shared_between_processes() -> None:
    assert [done for done, _ in violations(range(400), processes=2)] == [200, 400]


def test_a_crash_of_the_engine_is_a_violation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course, "allow_traffic", lambda run: run.no_such_thing)
    outcome = live(_plan())
    assert outcome.violation
    assert outcome.violation.invariant == "the_engine_never_crashes"


# --- what the simulation found ---


def test_a_stop_that_asks_for_a_rollback_gets_it_whatever_ends_the_deployment_in_that_moment() -> None:
    denied = ("UpdateServicePrimaryTaskSet", "denied", 60.0)
    before = Moment(release=0, seconds=0.0, event="BeforeAllowTraffic")
    fault = Happening(kind="fault", moment=before, detail=denied)
    stop = Happening(kind="stop", moment=replace(before, call=denied[0]), detail=(True,))
    outcome = live(_plan(rollback=(), happenings=(fault, stop)))
    assert outcome.violation is None
    assert outcome.log[-1].endswith("Failed: IAM_ROLE_PERMISSIONS, rolled back")


def test_a_stop_counts_in_the_moment_in_which_the_hook_reports() -> None:
    moment = Moment(release=0, seconds=0.0, event="AfterAllowTestTraffic")
    stop = Happening(kind="stop", moment=moment, detail=(True,))
    hook = Release(hooks=(("AfterAllowTestTraffic", Function(after=0.0)),))
    outcome = live(_plan(ready=0, rollback=(), releases=(hook,), happenings=(stop,)))
    assert outcome.violation is None
    assert outcome.log[-1].endswith("Stopped: MANUAL_STOP, rolled back")


def test_a_replacement_that_was_deleted_by_hand_is_missed_at_once() -> None:
    moment = Moment(release=0, seconds=5.0, event="Install")
    outcome = live(_plan(happenings=(Happening(kind="drop", moment=moment, detail=("replacement",)),)))
    assert outcome.violation is None
    assert outcome.log[-1].endswith("Failed: ECS_UPDATE_ERROR, rolled back")
    dropped = next(line for line in outcome.log if "by hand" in line)
    assert _seconds(outcome.log[-1]) - _seconds(dropped) < 10


def test_a_leftover_that_is_gone_before_the_answer_comes_is_no_error() -> None:
    failing = Release(hooks=(("AfterInstall", Function(status="Failed")),))
    moment = Moment(release=1, seconds=0.0, call="DeleteTaskSet")
    lost = Happening(kind="fault", moment=moment, detail=("DeleteTaskSet", "lost", 100.0))
    outcome = live(_plan(rollback=(), releases=(failing, Release()), happenings=(lost,)))
    assert outcome.violation is None
    assert outcome.log[-1].endswith("Succeeded")


def test_a_leftover_that_serves_after_half_a_rollback_is_not_deleted() -> None:
    failing = Release(hooks=(("AfterAllowTraffic", Function(status="Failed")),))
    moment = Moment(release=0, seconds=2.0, event="AllowTraffic", call="ModifyRule")
    denied = Happening(kind="fault", moment=moment, detail=("ModifyRule", "denied", 120.0))
    outcome = live(replace(_plan(termination=5, releases=(failing, Release()), happenings=(denied,)), rules=1))
    assert outcome.violation is None
    assert outcome.log[-1].endswith("Failed: ELASTIC_LOAD_BALANCING_INVALID")
    assert not any("delete" in line for line in outcome.log)


def test_a_rollback_puts_back_what_was_moved_by_hand_before_the_deployment_looked() -> None:
    moment = Moment(release=0, seconds=0.0, event="BeforeInstall", call="DescribeServices")
    moved = Happening(kind="move", moment=moment, detail=(TEST, "both"))
    stop = Happening(kind="stop", moment=Moment(release=0, seconds=0.0, event="AllowTraffic"), detail=(True,))
    outcome = live(replace(_plan(happenings=(moved, stop)), routing=Routing(**CANARY), test_on="blue"))
    assert outcome.violation is None
    assert [line.split(maxsplit=1)[1] for line in outcome.log if " test: " in line] == [
        "by hand, test: blue 3, green 1",
        "test: green 1",
        "test: blue 3, green 1",
    ]


@pytest.mark.parametrize("seed", [10050978])
def test_a_seed_that_once_broke_an_invariant_does_not_any_more(seed: int) -> None:
    assert live_seed(seed).violation is None


def test_an_alarm_ends_an_event_whose_function_reported_while_its_invocation_was_tried_again() -> None:
    hooks = Release(hooks=(("BeforeAllowTraffic", Function(after=16.0)),))
    moment = Moment(release=0, seconds=0.0, call="Invoke")
    lost = Happening(kind="fault", moment=moment, detail=("Invoke", "lost", 100.0))
    red = Moment(release=0, seconds=17.0, event="BeforeAllowTraffic")
    alarm = Happening(kind="alarm", moment=red, detail=("errors", "ALARM"))
    outcome = live(replace(_plan(releases=(hooks,), happenings=(lost, alarm)), alarms=(("errors", "OK"),)))
    assert outcome.violation is None
    assert any("Stopped: ALARM_ACTIVE" in line for line in outcome.log)
    assert not any("production: green" in line for line in outcome.log)


def _plan(
    *,
    ready: int | None = None,
    termination: int = 0,
    releases: tuple[Release, ...] = (Release(),),
    happenings: tuple[Happening, ...] = (),
    rollback: tuple[str, ...] = ("FAILURE",),
) -> Plan:
    quiet = replace(draw(0), routing=Routing(predefined="ECSAllAtOnce"), test_on="green", rules=0, alarms=())
    return replace(
        quiet, ready=ready, termination=termination, rollback=rollback, releases=releases, happenings=happenings
    )


def _seconds(line: str) -> float:
    return float(line.split(maxsplit=1)[0])


def _printed(seed: str, hash_seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run([*COMMAND, "--seed", seed], env=environment, capture_output=True, text=True, check=True)
    return done.stdout
