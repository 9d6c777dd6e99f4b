"""Two stages: a simulated account in which nothing waits, and a real one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from bluegreen.loopback import machine
from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.machine import Machine
from bluegreen.loopback.server import Loopback

from .live_stage import LiveStage
from .story import Story

# More than any module has tests: each module has a loopback of its own, so they may come again.
COUNTS = {"us-east": 2, "us-west": 2, "eu-west": 3, "ap-south": 1, "ap-northeast": 3, "ap-southeast": 2}
REGIONS = itertools.cycle(f"{place}-{number + 1}" for place, count in COUNTS.items() for number in range(count))


@pytest.fixture
def clock() -> Iterator[ManualClock]:
    """A clock that moves when told, as the one of this process's machine."""
    here = Machine(clock=(clock := ManualClock()))
    machine.install(here)
    yield clock
    here.close()


@pytest.fixture
def story(clock: ManualClock) -> Story:
    """CodeDeploy in an account where nothing has happened."""
    return Story(clock)


@pytest.fixture
def live(server: Loopback, tmp_path: Path) -> LiveStage:
    """A region with nothing in it yet: starting a loopback takes seconds, so each test takes another region of it."""
    return LiveStage(server.endpoint, next(REGIONS), tmp_path)


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    """A real loopback in which an AWS minute takes two seconds."""
    with Loopback(minute=2.0) as running:
        yield running
