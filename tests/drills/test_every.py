"""Every drill there is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from bluegreen.drills import catalog
from tests.rehearsal import footprint

from .played import LIMIT, PROJECT, Played

pytestmark = [pytest.mark.slow, pytest.mark.timeout(LIMIT + 100)]


@pytest.mark.parametrize("name", catalog.NAMES)
def test_a_drill_keeps_every_promise(every: Played, name: str):
    broken = [f"{one.text}: {one.seen}" for one in every.drills[name].promises if not one.kept]
    assert broken == [], every.said


def test_nothing_is_left_behind(every: Played):
    assert every.left == []
    assert every.is_clean


def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bluegreen", "rehearse", "--drill", "all-at-once", "--out", str(tmp_path)]
    before = footprint.take()
    with tempfile.TemporaryDirectory(prefix="bg-") as scratch:
        environment = {**os.environ, "TMPDIR": scratch}
        with subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, text=True) as process:
            log = tmp_path / "apply-1.log"
            deadline = time.monotonic() + 120
            while not (log.is_file() and "10 of" in log.read_text()):
                assert time.monotonic() < deadline
                time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            said, _error = process.communicate(timeout=60)
        assert process.returncode == 130, said
        assert list(Path(scratch).iterdir()) == []
    assert footprint.settled(before) == before
