"""Drills at places that cannot be prepared: the run ends and says why, of each."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bluegreen.drills import catalog, running
from bluegreen.rehearsal.stage import SIGNALS, StageError

PROJECT = Path(__file__).parents[2]


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
        at_once=1,
        root=root,
        folder=tmp_path / "out",
        say=said.append,
    )


@pytest.fixture(autouse=True)
def _signals_given_back() -> Iterator[None]:
    """A stage that was left has made its process deaf to signals, and here that is the tests'."""
    before = {number: signal.getsignal(number) for number in SIGNALS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_place_that_cannot_be_synthesized_is_told_in_each_set_up(plan: running.Plan, said: list[str]) -> None:
    with pytest.raises(StageError, match="no place could be prepared, so no drill was played"):
        running.run(plan)
    assert [one for one in said if "no such stack" in one] == said
    assert len(said) == len(plan.drills)


def test_a_loopback_that_does_not_start_is_told_and_breaks_no_other_off(
    plan: running.Plan, said: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    deep = tmp_path / "a-path-that-leaves-no-room-for-the-sockets-of-terraform"
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    with pytest.raises(StageError, match="no place could be prepared, so no drill was played"):
        running.run(plan)
    assert len([one for one in said if "set TMPDIR to a shorter one" in one]) == len(said) == len(plan.drills)
