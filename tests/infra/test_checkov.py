"""checkov finds nothing in our Terraform but what is skipped with a reason: in the JSON of each stack, and in plans."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bluegreen import provider_mirror
from bluegreen.settings import load
from tests.loopback.program import Program

from . import checkov, whole_account
from .checkov import Report

SKIPS: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "checkov_skips.toml").read_text())
PLANNED = ("foundation", "production")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """An account with the images' repository, which a plan of a service looks up."""
    running = Program(tmp_path_factory.mktemp("loopback"))
    try:
        for service in load("production").of_services():
            running.client("ecr").create_repository(repositoryName=service.repository)
        yield running
    finally:
        running.end()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, hook_zip: Path, program: Program) -> Report:
    """What checkov says of every stack, and of the plans of some."""
    folder = tmp_path_factory.mktemp("account")
    scanned = folder / "scanned"
    for file in whole_account.write_stacks(folder, hook_zip).glob("*/cdk.tf.json"):
        _readable(file)
        _copy(file, scanned / file.parent.name)
    for stack in PLANNED:
        (scanned / stack / "plan.json").write_text(_plan(folder / "cdktf.out" / "stacks" / stack, program))
    return checkov.scan(scanned)


def _readable(file: Path) -> None:
    """Take away what checkov cannot read, a version, and the bucket with the state, which is not in this account."""
    document = json.loads(file.read_text())
    del document["terraform"]["required_version"], document["terraform"]["backend"]
    file.write_text(json.dumps(document, indent=2))


def _copy(file: Path, folder: Path) -> None:
    folder.mkdir(parents=True)
    shutil.copy(file, folder)


def _plan(folder: Path, program: Program) -> str:
    environment = {
        **os.environ,
        **provider_mirror.environment(folder / "terraform.tfrc", os.environ),
        "AWS_ENDPOINT_URL": program.endpoint,
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "CHECKPOINT_DISABLE": "1",
    }
    for command in (["init", "-input=false"], ["plan", "-input=false", "-out=plan"], ["show", "-json", "plan"]):
        words = ["terraform", f"-chdir={folder}", *command]
        done = subprocess.run(words, env=environment, text=True, capture_output=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.timeout(240)
def test_every_check_passes_that_is_not_skipped_with_a_reason(report: Report) -> None:
    assert not [failure for failure in sorted(report.failures) if failure.check not in SKIPS]


@pytest.mark.timeout(240)
def test_all_was_read(report: Report) -> None:
    assert report.unread == 0
    assert report.passed > 600
    assert {failure.stack for failure in report.failures} >= {"foundation", "production", "sample", "two"}


@pytest.mark.timeout(240)
@pytest.mark.parametrize("check", SKIPS)
def test_a_skip_is_needed_has_a_reason_and_is_not_wider_than_it_says(report: Report, check: str) -> None:
    failed = {failure.stack for failure in report.failures if failure.check == check}
    assert failed, f"{check} fails nowhere: take its skip away"
    assert failed.isdisjoint(SKIPS[check].get("not_in", []))
    assert len(SKIPS[check]["reason"]) > 30
    assert set(SKIPS[check]) <= {"reason", "not_in"}
