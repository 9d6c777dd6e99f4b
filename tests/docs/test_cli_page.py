"""docs/cli.md is what the command says of itself, and its exit codes are all that there are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bluegreen import cli, reference
from bluegreen.release.exit_codes import MEANINGS, ExitCode
from bluegreen.review.errors import ExitCode as ReviewExitCode

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs/cli.md"
SOURCES = sorted((PROJECT / "bluegreen").rglob("*.py"))


def test_the_page_is_what_the_command_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference.markdown(), "python -m bluegreen.reference prints it"


@pytest.mark.parametrize("name", cli.VERBS)
def test_every_option_of_every_verb_is_on_it(name: str) -> None:
    section = PAGE.read_text(encoding="utf-8").split(f"\n## `{name}`\n")[1]
    command = cli.load(name)
    everything = (command, *getattr(command, "commands", {}).values())
    options = [option for one in everything for each in one.params for option in each.opts if option.startswith("--")]
    assert [option for option in options if option not in section] == []


def test_every_exit_code_has_a_meaning() -> None:
    assert set(MEANINGS) == set(ExitCode)
    assert {int(code) for code in ReviewExitCode} <= {int(code) for code in ExitCode}


def codes(file: Path) -> set[object]:
    """Return the plain numbers that a module ends the program with."""
    calls = [one for one in ast.walk(ast.parse(file.read_text())) if isinstance(one, ast.Call) and one.args]
    ends = [one.args[0] for one in calls if ast.unparse(one.func) in {"SystemExit", "typer.Exit", "sys.exit", "Exit"}]
    return {one.value for one in ends if isinstance(one, ast.Constant)}


def test_nothing_ends_with_a_code_that_has_no_meaning() -> None:
    found = {str(file): codes(file) for file in SOURCES if codes(file)}
    assert found
    assert {name: ends for name, ends in found.items() if not ends <= {int(code) for code in ExitCode}} == {}
