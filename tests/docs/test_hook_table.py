"""Every row of the hook's failure table names a test that exists, and every test of a failure stands in the table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs/hook.md"
SOURCES = [*(PROJECT / "hook_rust/tests").glob("*.rs"), PROJECT / "hook_rust/check/src/at_once.rs"]
TEST = re.compile(r"#\[(?:tokio::)?test\]\s*(?:async )?fn (\w+)")
HEADING = "| what goes wrong | what the hook does | within | test |"


def rows() -> list[list[str]]:
    """Return the cells of the failure table's rows."""
    table = PAGE.read_text().split(HEADING)[1].split("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def cases_of(source: Path) -> set[str]:
    return {f"{source.stem}::{name}" for name in TEST.findall(source.read_text())}


EXISTING = set().union(*(cases_of(source) for source in SOURCES))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_a_row_says_everything_and_names_an_existing_test(row: list[str]):
    what, outcome, within, test = row
    assert all((what, outcome, within))
    assert test.strip("`") in EXISTING


def test_the_table_has_every_case_once():
    cases = [row[0] for row in rows()]
    assert len(cases) == len(set(cases)) > 40


@pytest.mark.parametrize("name", ["broken_routes", "broken_codedeploy", "fail_closed"])
def test_every_failure_that_is_tested_stands_in_the_table(name: str):
    named = {row[3].strip("`") for row in rows()}
    untold = cases_of(PROJECT / f"hook_rust/tests/{name}.rs") - named
    assert untold <= {"broken_routes::an_https_listener_with_a_trusted_certificate_succeeds"}
