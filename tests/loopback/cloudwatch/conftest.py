"""CloudWatch alone, on a clock that moves when told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bluegreen.loopback import machine
from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.machine import Machine

from .account import Account


@pytest.fixture
def account() -> Iterator[Account]:
    """A region in which a minute takes two seconds."""
    here = Machine(clock=ManualClock(minute=2.0))
    machine.install(here)
    yield Account(here)
    here.close()
