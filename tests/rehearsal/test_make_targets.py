"""The infrastructure's make targets through the pinned cdktf command, against a loopback account."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
LIMIT = 600

pytestmark = [pytest.mark.slow, pytest.mark.timeout(4 * LIMIT)]


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The variables that turn the loopback into the account; the state files go with it."""
    folder = tmp_path_factory.mktemp("loopback")
    command = [sys.executable, "-m", "bluegreen.loopback", "--json", "--minute", "2s", "--folder", str(folder)]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as loopback:
        try:
            endpoint = json.loads(loopback.stdout.readline() if loopback.stdout else "{}")["endpoint"]
            yield {
                **os.environ,
                "AWS_ENDPOINT_URL": endpoint,
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "CI": "true",
            }
        finally:
            loopback.terminate()
            for state in PROJECT.glob("terraform.rehearsal*.tfstate*"):
                state.unlink()


def make(environment: dict[str, str], *words: str) -> str:
    result = subprocess.run(
        ["make", *words], cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-4000:]
    return result.stdout


def test_plan_deploy_and_destroy_work_through_the_cdktf_command(environment: dict[str, str]) -> None:
    assert "2 added" in make(environment, "deploy", "ENV=rehearsal", "STACK=foundation")
    assert "74 to add" in make(environment, "plan", "ENV=rehearsal")
    assert "74 added" in make(environment, "deploy", "ENV=rehearsal")
    assert "No changes" in make(environment, "plan", "ENV=rehearsal")
    assert "74 destroyed" in make(environment, "destroy", "ENV=rehearsal")
    assert "2 destroyed" in make(environment, "destroy", "ENV=rehearsal", "STACK=foundation")
