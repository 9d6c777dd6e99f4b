"""The stage of the engine's tests: nothing in it waits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bluegreen.loopback import machine
from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.machine import Machine

from .story import Story


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
