"""One whole rehearsal: the story as a user sees it, and what it leaves behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "bluegreen", "rehearse"]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("rehearsal")


@pytest.fixture(scope="module")
def rehearsal(scratch: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "TMPDIR": str(scratch)}
    return subprocess.run(
        COMMAND, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=400, check=False
    )


@pytest.mark.timeout(420)
def test_every_promise_is_kept(rehearsal: subprocess.CompletedProcess[str]):
    assert rehearsal.returncode == 0, rehearsal.stdout[-6000:] + rehearsal.stderr[-2000:]
    assert "BROKEN" not in rehearsal.stdout


@pytest.mark.timeout(420)
@pytest.mark.parametrize(
    "seen",
    [
        r"Terraform applied the whole architecture: [6-9]\d resources added",
        r"the public URL answers from Green: \{\"key\":\"route_one from Green\"\}",
        r"the hook proved which revision it tested: \S+:\d+",
        r"the public URL answers from Blue: \{\"key\":\"route_one from Blue\"\}",
        r"with its reason: .*/one.*500",
        r"both revisions are named: .*\S+:\d+.*\S+:\d+",
        r"no request was dropped: 0 of \d{3,} requests",
        r"no wrong answer: 0 of \d{3,} requests",
        r"the plan is clean: no changes",
        r"the account holds nothing that the stacks made: empty",
        r"task definition revisions stay, as on AWS: \S+:\d+",
    ],
)
def test_the_output_shows(rehearsal: subprocess.CompletedProcess[str], seen: str):
    assert re.search(seen, rehearsal.stdout), rehearsal.stdout[-6000:]


@pytest.mark.timeout(420)
@pytest.mark.parametrize(
    "event",
    [
        "BeforeInstall",
        "Install",
        "AfterInstall",
        "AllowTestTraffic",
        "AfterAllowTestTraffic",
        "BeforeAllowTraffic",
        "AllowTraffic",
        "AfterAllowTraffic",
    ],
)
def test_each_lifecycle_event_of_the_release_is_shown(rehearsal: subprocess.CompletedProcess[str], event: str):
    release = rehearsal.stdout.split("3. Release Blue")[1].split("4. The hook's checks")[0]
    assert re.search(rf"\b{event}\b", release), release


@pytest.mark.timeout(420)
def test_nothing_is_left_behind(rehearsal: subprocess.CompletedProcess[str], scratch: Path):
    assert rehearsal.returncode == 0
    assert list(scratch.iterdir()) == []
    assert processes_of(scratch) == []


def test_an_interrupted_rehearsal_leaves_nothing_behind(tmp_path: Path):
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(COMMAND, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        lines = until("resources applied", process)
        process.send_signal(signal.SIGINT)
        rest, _error = process.communicate(timeout=30)
    assert process.returncode == 130, "".join(lines) + rest
    assert list(tmp_path.iterdir()) == []
    assert processes_of(tmp_path) == []


def until(text: str, process: subprocess.Popen[str]) -> list[str]:
    """Read the output up to a line with the text; an end without it fails."""
    lines = []
    for line in process.stdout or []:
        lines.append(line)
        if text in line:
            return lines
    raise AssertionError("".join(lines))


def processes_of(folder: Path) -> list[str]:
    """Return the command lines of the processes that mention the folder, once those that are ending have ended."""
    deadline = time.monotonic() + 5.0
    while (found := list(_mentioning(str(folder)))) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def _mentioning(text: str) -> Iterator[str]:
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().decode(errors="replace")
            environment = (entry / "environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if int(entry.name) != os.getpid() and (text in command or text in environment):
            yield command.replace("\0", " ")
