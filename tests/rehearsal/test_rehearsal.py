"""One whole rehearsal: the story as a user sees it, what it asked of IAM, and what it leaves behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bluegreen.infra.stack_json import StackJson
from bluegreen.loopback.iam.statement import Request, Statement
from bluegreen.report.document import load
from tests.infra import whole_account

from . import footprint, stated
from .granted import POLICIES, granted
from .used import asked_otherwise, not_granted, refused, unused, used

PROJECT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-m", "bluegreen", "rehearse"]


@dataclass(frozen=True)
class Played:
    """A rehearsal that ended, and what the machine had before and after it."""

    result: subprocess.CompletedProcess[str]
    scratch: Path
    record: Path
    before: footprint.Footprint
    after: footprint.Footprint


@pytest.fixture(scope="module")
def scratch() -> Iterator[Path]:
    """A folder with a short path: pytest's own is too long for Terraform's sockets."""
    with tempfile.TemporaryDirectory(prefix="bg-") as folder:
        yield Path(folder)


@pytest.fixture(scope="module")
def played(scratch: Path, tmp_path_factory: pytest.TempPathFactory) -> Played:
    environment = {**os.environ, "TMPDIR": str(scratch)}
    record = tmp_path_factory.mktemp("record") / "record.jsonl"
    command = [*COMMAND, "--record", str(record), "--out", str(record.parent / "report")]
    before = footprint.take()
    result = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=400, check=False
    )
    return Played(result, scratch, record, before, footprint.settled(before))


@pytest.fixture
def rehearsal(played: Played) -> subprocess.CompletedProcess[str]:
    return played.result


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
        r"the hook proved which revision it tested: Succeeded .*proved: every answer came from \S+:\d+",
        r"the public URL answers from Blue: \{\"key\":\"route_one from Blue\"\}",
        r"with its reason: .*/one.*500",
        r"both revisions are named: .*\S+:\d+.*\S+:\d+",
        r"no request was dropped: 0 of \d{3,} requests",
        r"no wrong answer: 0 of \d{3,} requests",
        r"the plan is clean: no changes",
        r"the account holds nothing that the stacks made: empty",
        r"task definition revisions stay, as on AWS: \S+:\d+",
        r"report: \S+report\.html",
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
def test_the_report_shows_what_the_output_says(played: Played):
    (story,) = load((played.record.parent / "report" / "evidence.json").read_text()).drills
    assert story.verdict == "kept"
    assert story.figures is not None
    assert story.timeline is not None
    assert f"{story.figures.requests} requests, 0 dropped, 0 wrong" in played.result.stdout
    assert sum(sum(one.answers) for one in story.timeline.versions) == story.figures.requests
    assert [one.role for one in story.timeline.versions] == ["live", "new", "new"]


@dataclass(frozen=True)
class Role:
    """What a role is granted, and what was asked in it during the rehearsal."""

    granted: tuple[Statement, ...]
    asked: tuple[Request, ...]


@pytest.fixture(scope="module")
def roles(played: Played, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Role]:
    folder = tmp_path_factory.mktemp("account")
    stacks: Mapping[str, StackJson] = whole_account.read(
        whole_account.write_stacks(folder, whole_account.write_archive(folder))
    )
    return {name: Role(granted(stacks, name), used(played.record, name)) for name in POLICIES}


@pytest.mark.timeout(420)
@pytest.mark.parametrize("name", POLICIES)
def test_a_role_is_granted_all_that_was_asked_in_it(roles: Mapping[str, Role], name: str):
    assert roles[name].asked
    assert not_granted(roles[name].granted, roles[name].asked) == []


@pytest.mark.timeout(420)
def test_no_role_was_refused_anything(played: Played):
    assert refused(played.record) == []


@pytest.mark.timeout(420)
def test_iam_was_asked_about_the_resources_that_aws_asks_about(played: Played):
    assert asked_otherwise(played.record) == []


@pytest.mark.timeout(420)
@pytest.mark.parametrize("name", POLICIES)
def test_a_role_is_granted_nothing_else_without_a_reason(roles: Mapping[str, Role], name: str):
    assert stated.without_reason(name, unused(roles[name].granted, roles[name].asked)) == []


@pytest.mark.timeout(420)
def test_no_reason_is_stated_for_nothing(roles: Mapping[str, Role]):
    assert stated.for_nothing({name: unused(one.granted, one.asked) for name, one in roles.items()}) == []


@pytest.mark.timeout(420)
def test_nothing_is_left_behind(played: Played):
    assert played.result.returncode == 0
    assert list(played.scratch.iterdir()) == []
    assert played.after == played.before


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "moment",
    [
        "foundation: 2 resources applied",
        pytest.param("6. Somebody moves", marks=pytest.mark.slow, id="while tasks, visitors and a release run"),
    ],
)
def test_an_interrupted_rehearsal_leaves_nothing_behind(scratch: Path, moment: str):
    before = footprint.take()
    environment = {**os.environ, "TMPDIR": str(scratch)}
    with subprocess.Popen(COMMAND, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        lines = until(moment, process)
        process.send_signal(signal.SIGINT)
        rest, _error = process.communicate(timeout=30)
    assert process.returncode == 130, "".join(lines) + rest
    assert list(scratch.iterdir()) == []
    assert footprint.settled(before) == before


def test_a_temporary_folder_too_deep_for_terraform_is_named(tmp_path: Path):
    deep = tmp_path / ("deep" * 12)
    deep.mkdir()
    result = subprocess.run(
        COMMAND, cwd=PROJECT, env={**os.environ, "TMPDIR": str(deep)}, capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "set TMPDIR to a shorter one" in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(deep.iterdir()) == []


def until(text: str, process: subprocess.Popen[str]) -> list[str]:
    """Read the output up to a line with the text; an end without it fails."""
    lines = []
    for line in process.stdout or []:
        lines.append(line)
        if text in line:
            return lines
    raise AssertionError("".join(lines))
