"""A round of drills at a place that cannot be prepared: it ends, says why, and leaves the next one its Ctrl-C."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from bluegreen.drills import catalog, running
from bluegreen.rehearsal.stage import StageError

PROJECT = Path(__file__).parents[2]
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def plan(tmp_path: Path, said: list[str]) -> running.Plan:
    """A drill in both set-ups, in a project that cannot be synthesized."""
    root = tmp_path / "root"
    for folder in ("environments", ".build"):
        (root / folder).mkdir(parents=True)
    for file in (PROJECT / "environments").glob("*.toml"):
        (root / "environments" / file.name).write_text(file.read_text())
    (root / "main.py").write_text("raise SystemExit('no such stack')\n")
    drills = (catalog.load("hang"),)
    return running.Plan(
        drills={"bluegreen": drills, "article": drills},
        minute=2.0,
        rate=1.0,
        places=1,
        root=root,
        folder=tmp_path / "out",
        say=said.append,
    )


def test_a_round_that_has_ended_leaves_signals_to_the_next_one(plan: running.Plan, said: list[str]) -> None:
    before = [signal.getsignal(number) for number in SIGNALS]
    with pytest.raises(StageError, match="no place could be prepared, so no drill was played"):
        running.run(plan)
    assert [signal.getsignal(number) for number in SIGNALS] == before
    assert [one for one in said if "no such stack" in one] == said
    assert len(said) == len(plan.drills)


def test_a_loopback_that_does_not_start_is_told_and_breaks_no_other_round_off(
    plan: running.Plan, said: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deep = tmp_path / "a-path-that-leaves-no-room-for-the-sockets-of-terraform"
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    with pytest.raises(StageError, match="no place could be prepared, so no drill was played"):
        running.run(plan)
    assert len([one for one in said if "set TMPDIR to a shorter one" in one]) == len(said) == len(plan.drills)
