"""Every `bluegreen …` line of the docs, run as it stands: only ids and names that an account gives are put in."""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.release.live.made import NAME, Account, set_waits
from tests.release.live.moment import latest, until

PROJECT = Path(__file__).parents[4]
PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
NOT_HERE = {
    "push": "needs docker: tests/release/test_push.py runs it with a builder of its own",
    "rehearse": "minutes of Terraform: tests/rehearsal runs it",
    "loopback": "serves until it is stopped: tests/loopback/test_command.py runs it",
    "review": "needs a plan: tests/review/test_command.py runs it",
}
READY = {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": 30}
OTHER = {"print-green": "print-blue-3f2a91c"}
LIMIT = 120

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def lines() -> list[str]:
    """Return each line of the docs' shell blocks that calls the command, once."""
    found = [line for page in PAGES for block in BLOCK.findall(page.read_text()) for line in block.splitlines()]
    return list(dict.fromkeys(line.removeprefix(".venv/bin/") for line in found if "bluegreen " in line.split("#")[0]))


def verb(line: str) -> str:
    return shlex.split(line)[1]


def run_here() -> list[str]:
    here = [line for line in lines() if line.startswith("bluegreen ")]
    return [line for line in here if verb(line) not in NOT_HERE]


Shell = Callable[[str], subprocess.CompletedProcess[str]]


@pytest.fixture
def shell(sample: Path, environ: dict[str, str]) -> Iterator[Shell]:
    """Run a line in the folder, for somebody who sits at a terminal and agrees to whatever is asked."""
    master, slave = pty.openpty()
    path = f"{Path(sys.executable).parent}{os.pathsep}{environ['PATH']}"

    def run(line: str) -> subprocess.CompletedProcess[str]:
        os.write(master, b"y\n")
        return subprocess.run(
            ["sh", "-c", line],
            cwd=PROJECT if verb(line) == "settings" else sample,
            env={**environ, "PATH": path},
            stdin=slave,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )

    yield run
    os.close(slave)
    os.close(master)


@pytest.fixture
def ready(shell: Shell, account: Account) -> Iterator[Callable[[], str]]:
    """Start a release that waits before production traffic moves, and return its id."""

    def start() -> str:
        released(shell, "print-blue-3f2a91c")
        set_waits(account, ready=READY)
        done = shell("bluegreen deploy --environment sample --image-tag print-green --no-wait")
        assert done.returncode == 0, done.stderr
        (deployment_id,) = set(re.findall(r"d-[A-Z0-9]{9}", done.stdout))
        until(account, deployment_id, "Ready")
        return deployment_id

    yield start
    set_waits(account)


def released(shell: Shell, tag: str) -> str:
    """Make an image the live one; return the id of the newest deployment."""
    done = shell(f"bluegreen deploy --environment sample --image-tag {tag} --json")
    assert done.returncode == 0, done.stdout + done.stderr
    newest = shell("bluegreen history --environment sample --limit 1 --json")
    return re.findall(r"d-[A-Z0-9]{9}", newest.stdout)[0]


def prepared(line: str, shell: Shell, account: Account, ready: Callable[[], str]) -> str:
    """Bring about what the line is for, and put the account's names into it."""
    words = shlex.split(line, comments=True)
    deployment_id = ""
    if words[1] in ("stop", "continue"):
        deployment_id = ready()
    elif words[1] in ("deploy", "rollback", "watch"):
        deployment_id = released(shell, OTHER.get(words[-1], "print-green"))
    if words[1] == "rollback":
        deployment_id = released(shell, "print-blue-3f2a91c")
    if words[1:3] == ["target", "show"] and "shop" in words:
        assert shell(named(f"{IMPORT} --yes")).returncode == 0
    return named(line).replace("d-1NNWZG91L", deployment_id).replace(" 7", f" {latest(account) - 1}")


IMPORT = "bluegreen target import --application shop --group shop-blue-green --name shop --region eu-west-1"


def named(line: str) -> str:
    """Put the account's names in the place of those of another service."""
    line = line.replace("--application shop ", f"--application {NAME} ").replace(
        "--group shop-blue-green", f"--group {NAME}"
    )
    return line.replace("eu-west-1", "us-east-1")


def test_every_verb_of_the_docs_is_run_here_or_elsewhere_for_a_reason() -> None:
    called = {verb(line) for line in lines() if line.startswith("bluegreen ")}
    assert len(run_here()) > 20
    assert set(NOT_HERE) <= called


@pytest.mark.parametrize("line", run_here())
def test_an_example_of_the_docs_does_what_it_says(
    line: str, shell: Shell, account: Account, ready: Callable[[], str]
) -> None:
    ended: Any = shell(prepared(line, shell, account, ready))
    assert ended.returncode == 0, f"{ended.args}\n{ended.stdout}{ended.stderr}"
    assert ended.stdout or ">" in line
