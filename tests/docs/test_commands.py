"""Every command shown in the docs exists and takes the words that the docs give it."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from bluegreen import cli
from bluegreen.loopback import options

PROJECT = Path(__file__).parents[2]
PAGES = [PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").rglob("*.md"))]
INSTALL = ("python3", "release/bin/pip", "release/bin/bluegreen")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


def commands() -> list[list[str]]:
    """Return every command line of the docs' shell blocks, as words."""
    lines = [line for page in PAGES for block in BLOCK.findall(page.read_text()) for line in block.splitlines()]
    words = [shlex.split(line.removeprefix(".venv/bin/"), comments=True) for line in lines]
    return [list(unique) for unique in dict.fromkeys(tuple(line) for line in words if line)]


def named(program: str) -> list[list[str]]:
    return [line for line in commands() if line[0] == program]


def test_every_command_of_the_docs_is_of_a_kind_that_is_tested_here():
    assert {line[0] for line in commands()} <= {"make", "bluegreen", "pytest", "source", "cdktf", *INSTALL}


def test_the_lines_that_install_the_release_tool_are_those_that_a_test_runs():
    page = (PROJECT / "docs/ci.md").read_text().split("## Install just the release tool")[1]
    assert [line for program in INSTALL for line in named(program) if shlex.join(line) not in page] == []


def test_the_lines_of_cdktf_are_those_that_a_slow_test_runs():
    assert named("source") == [["source", "scripts/environment"]]
    page = (PROJECT / "docs/cdktf.md").read_text()
    assert [line for line in named("cdktf") if shlex.join(line) not in page] == []


@pytest.mark.parametrize("command", named("make"), ids=" ".join)
def test_a_make_target_of_the_docs_is_listed_by_make_help(command: list[str]):
    listed = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    assert re.search(rf"make {command[1]}\s", listed), listed
    dry = subprocess.run(["make", "--dry-run", *command[1:]], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert dry.returncode == 0, dry.stderr


@pytest.mark.parametrize("command", named("bluegreen"), ids=" ".join)
def test_a_bluegreen_command_of_the_docs_parses(command: list[str]):
    if command[1] == "loopback":
        assert options.parse(command[2:], "bluegreen loopback")
        return
    verb, words = cli.load(command[1]), command[2 : command.index(">") if ">" in command else None]
    if words and words[0] in getattr(verb, "commands", {}):
        verb, words = verb.commands[words[0]], words[1:]
    with verb.make_context(command[1], words) as context:
        assert context.params


@pytest.mark.parametrize("environment", re.findall(r"ENV=(\w+)", (PROJECT / "README.md").read_text()))
def test_an_environment_of_the_readme_exists(environment: str):
    assert (PROJECT / "environments" / f"{environment}.toml").is_file()


def test_a_target_without_its_environment_says_what_to_write():
    result = subprocess.run(
        ["scripts/cdktf", "deploy", "", ""], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert "make deploy ENV=sample" in result.stderr


def test_a_missing_tool_is_named_in_one_line_with_the_way_to_get_it():
    environment = {"PATH": "/nowhere"}
    tools = ["python3", "node", "npm", "cargo", "terraform", "cc"]
    shell = "/bin/sh"
    result = subprocess.run(
        [shell, "scripts/require", *tools], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    lines = [line for line in result.stderr.splitlines() if line.startswith("missing: ")]
    assert len(lines) == len(tools), result.stderr
    assert all("or newer (found: none). Install" in line for line in lines)


def test_the_readme_shows_every_promise_that_a_rehearsal_checks():
    story = (PROJECT / "bluegreen/rehearsal/story.py").read_text()
    promises = re.findall(r'tell\.promise\(\s*"([^"]+)"', story)
    assert len(promises) > 15
    output = (PROJECT / "README.md").read_text().split("<!-- rehearsal output -->")[1].split("```")[1]
    assert [text for text in promises if f"kept     {text}" not in output] == []
