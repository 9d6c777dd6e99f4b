"""docs/security.md names every skipped check and every unused grant, with the reasons that the tests go by."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from bluegreen.infra.policy import RULES

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "security.md").read_text()


def _data(file: str) -> dict[str, Any]:
    return tomllib.loads((PROJECT / "tests" / file).read_text())


def _rows(heading: str) -> list[str]:
    """Return the rows of the table whose head begins so."""
    lines = PAGE.split(f"| {heading} |")[1].splitlines()[2:]
    return lines[: lines.index("")] if "" in lines else lines


def test_every_skipped_check_is_there_with_its_reason() -> None:
    def row(check: str, skip: dict[str, Any]) -> str:
        passing = f" Not skipped in: {', '.join(skip['not_in'])}." if "not_in" in skip else ""
        return f"| {check} | {skip['reason']}{passing} |"

    assert _rows("check") == [row(*one) for one in _data("infra/checkov_skips.toml").items()]


def test_every_unused_grant_is_there_with_its_reason() -> None:
    unused = _data("rehearsal/unused_grants.toml")["unused"]
    rows = _rows("role | granted without being used in a rehearsal")
    assert rows == [f"| {', '.join(one['roles'])} | {one['reason']} |" for one in unused]


def test_every_rule_has_a_row() -> None:
    assert len(_rows("rule")) == len(RULES)
