"""`--help` of the command and of every verb, and what a wrong word or a missing package is told."""

from __future__ import annotations

import shlex
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from bluegreen import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAVY = ("boto3", "moto", "cdktf", "aiohttp", "bluegreen.release", "bluegreen.rehearsal", "bluegreen.loopback")
NOT_FOR_HELP = frozenset(
    {
        *("aiohttp", "boto3", "botocore", "jinja2", "moto", "cdktf", "pydantic", "rich", "yaml"),
        *("bluegreen.loopback", "bluegreen.rehearsal", "bluegreen.report", "bluegreen.settings"),
        *("asyncio", "concurrent", "decimal", "email", "http", "random", "socket", "statistics"),
    }
)
"""What takes a while to import, and what only a verb that does its work needs."""
WORDS_OF_HELP = frozenset({"completion", "duration", "event", "options"})
"""The modules of `release` that say what there is, and do nothing."""
MODULES = "finally: print(*sys.modules, file=sys.stderr)"
ABSENT = "import sys; sys.modules.update(dict.fromkeys({packages}))\nimport bluegreen.cli as cli\ncli.main({words})"


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


def imported_by(*words: str) -> set[str]:
    """Return the modules that are there after the command has ended."""
    done = python(f"import sys, bluegreen.cli as cli\ntry: cli.main({list(words)})\n{MODULES}")
    return set(done.stderr.split())


def commands() -> Iterator[tuple[str, Any]]:
    """Yield each command that somebody can call, with the words that call it."""
    for name in cli.VERBS:
        command = cli.load(name)
        below = getattr(command, "commands", {})
        yield from ((f"{name} {word}", one) for word, one in below.items())
        if not below:
            yield name, command


COMMANDS = dict(commands())


def test_help_imports_no_verb_and_nothing_that_only_verbs_need() -> None:
    modules = imported_by("--help")
    assert [name for name in modules if name.startswith((*HEAVY, "pydantic", "rich"))] == []


def test_help_names_every_verb_and_says_the_whole_of_what_it_is_for() -> None:
    shown = python("import bluegreen.cli as cli; cli.main(['--help'])").stdout
    assert [verb.purpose for verb in cli.VERBS.values() if verb.purpose not in shown] == []
    assert [name for name in cli.VERBS if f"\n  {name} " not in shown] == []


@pytest.mark.parametrize("words", [name.split() for name in ("target", *COMMANDS) if name != "loopback"], ids=" ".join)
def test_the_help_of_a_verb_imports_nothing_that_only_doing_it_needs(words: list[str]) -> None:
    modules = imported_by(*words, "--help")
    assert not NOT_FOR_HELP & modules
    own = cli.VERBS[words[0]].module
    of_release = {name.removeprefix("bluegreen.release.") for name in modules if name.startswith("bluegreen.release.")}
    assert of_release - {own.removeprefix("bluegreen.release.")} <= WORDS_OF_HELP


@pytest.mark.parametrize("name", [name for name in COMMANDS if name != "loopback"])
def test_the_help_of_a_verb_shows_an_example_in_one_line(name: str) -> None:
    with COMMANDS[name].make_context(name, [], resilient_parsing=True) as context:
        shown = context.get_help()
    (example,) = [line.strip() for line in shown.splitlines() if line.startswith("  Example: ")]
    words = shlex.split(example.removeprefix("Example: bluegreen "), comments=True)
    words = words[: words.index(">")] if ">" in words else words
    called = name.split()
    assert words[: len(called)] == called
    with COMMANDS[name].make_context(name, words[len(called) :]) as context:
        assert context.params


def test_the_help_of_the_loopback_shows_one_too() -> None:
    done = python("import bluegreen.cli as cli; cli.main(['loopback', '--help'])")
    assert "\nExample: bluegreen loopback " in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["deploy", "--imagetag", "x"], "No such option: --imagetag"),
        (["deploi"], "Did you mean 'deploy'?"),
        (["history", "--limit", "none"], "Invalid value for '--limit'"),
        (["watch", "--wait-until", "x"], "Invalid value for '--wait-until': 'x' is not one of 'shifted', 'finished'"),
        (["deploy", "--environment"], "Option '--environment' requires an argument."),
    ],
)
def test_a_wrong_word_is_told_in_one_line_with_where_the_right_ones_are(words: list[str], told: str) -> None:
    done = python(f"import bluegreen.cli as cli; cli.main({words})")
    (line,) = done.stderr.splitlines()
    assert told in line
    assert "--help` shows what there is)" in line
    assert (done.returncode, done.stdout) == (2, "")


def test_without_a_word_the_help_is_shown_and_nothing_was_done() -> None:
    done = python("import bluegreen.cli as cli; cli.main([])")
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: bluegreen ")


@pytest.mark.parametrize(
    ("words", "packages", "extra"),
    [
        (["loopback"], ["moto"], "loopback"),
        (["rehearse"], ["aiohttp"], "rehearsal"),
    ],
)
def test_a_verb_whose_packages_are_missing_names_the_extra_in_one_line(
    words: list[str], packages: list[str], extra: str
) -> None:
    done = python(ABSENT.format(packages=packages, words=words))
    assert done.returncode == 2
    assert done.stderr == (
        f"bluegreen: `bluegreen {words[0]}` needs {packages[0]}, which is not installed: "
        f"install bluegreen[{extra}] instead of bluegreen\n"
    )
