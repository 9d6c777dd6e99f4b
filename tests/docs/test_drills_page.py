"""docs/drills.md lists every drill, and says what the code derives."""

from __future__ import annotations

from pathlib import Path

import pytest

from bluegreen.drills import catalog
from bluegreen.drills.exposure import OWN_SECONDS, detection
from bluegreen.rehearsal.visitors import VISITORS
from bluegreen.rehearsal.visits import Visits
from bluegreen.settings.alarms import AlarmSettings

PAGE = (Path(__file__).parents[2] / "docs/drills.md").read_text(encoding="utf-8")
TABLE = PAGE.split("<!-- drills -->")[1].split("<!-- end of drills -->")[0]


@pytest.mark.parametrize("name", catalog.NAMES)
def test_a_drill_has_its_row(name: str) -> None:
    drill = catalog.load(name)
    assert f"| `{name}` | {drill.kind} | {drill.purpose} |" in TABLE


def test_there_is_no_row_without_a_drill() -> None:
    assert TABLE.count("\n| `") == len(catalog.NAMES)


def test_the_figures_are_those_of_the_code() -> None:
    assert detection(AlarmSettings()) == 190
    assert f"which are 6.3 s at `--minute 2s`, and {OWN_SECONDS} s" in PAGE
    assert f"{VISITORS} of them" in PAGE
    assert f"in {Visits().bytes_each} bytes" in PAGE
