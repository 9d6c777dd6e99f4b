"""docs/releases.md knows every verb, option, exit code and event."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from bluegreen import cli
from bluegreen.release.exit_codes import ExitCode

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "releases.md").read_text()
VERBS = [name for name, verb in cli.VERBS.items() if verb.module.startswith("bluegreen.release.")]
COMMON = "Options of every verb"


def sections() -> dict[str, str]:
    parts = re.split(r"^## (.+)$", PAGE, flags=re.MULTILINE)
    return {title.strip("`"): text for title, text in zip(parts[1::2], parts[2::2], strict=True)}


def parameters(verb: str) -> list[Any]:
    command = cli.load(verb)
    commands = [command, *getattr(command, "commands", {}).values()]
    return [one for of in commands for one in of.params if not getattr(one, "hidden", False)]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_a_section(verb: str) -> None:
    assert verb in sections()


@pytest.mark.parametrize("verb", VERBS)
def test_every_option_of_a_verb_is_in_its_section_or_the_common_one(verb: str) -> None:
    text = sections()[verb] + sections()[COMMON]
    options = [name for one in parameters(verb) for name in (*one.opts, *one.secondary_opts) if name.startswith("-")]
    assert [name for name in options if f"`{name}" not in text] == []


def test_every_option_before_the_verb_is_documented() -> None:
    options = [name for one in get_command(cli.app).params for name in one.opts]
    assert [name for name in options if name not in PAGE] == []


@pytest.mark.parametrize("verb", VERBS)
def test_no_option_is_documented_that_is_not_there(verb: str) -> None:
    named = set(re.findall(r"^\| .*?`(--[a-z-]+)", sections()[verb], flags=re.MULTILINE))
    assert named <= {name for one in parameters(verb) for name in one.opts}


def test_every_exit_code_is_documented() -> None:
    assert re.findall(r"^\| (\d+) \|", sections()["Exit codes"], flags=re.MULTILINE) == [str(int(c)) for c in ExitCode]


def test_every_event_is_documented_and_no_other() -> None:
    source = "".join(file.read_text() for file in (PROJECT / "bluegreen" / "release").rglob("*.py"))
    kinds = set(re.findall(r'kind="([a-z-]+)"', source))
    assert kinds == set(re.findall(r"^\| `([a-z-]+)` \| \w", sections()["JSON events"], flags=re.MULTILINE))
