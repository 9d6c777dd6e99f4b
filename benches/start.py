"""How long the loopback takes from the start of its process to the first answer of an AWS service."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from .figure import Figure
from .server import ask, loopback, moto

ROUNDS = 5
LIMIT = 3.0


def measure() -> Figure:
    """Start both in turn, so that other work on the machine slows both."""
    _seconds(loopback)  # the first start writes bytecode and fills the disk cache
    own, reference = [], []
    for _ in range(ROUNDS):
        own.append(_seconds(loopback))
        reference.append(_seconds(moto))
    return Figure(
        what="loopback: start to first answer (sts GetCallerIdentity)",
        values=own,
        reference="moto_server alone: the same",
        reference_values=reference,
        limit=LIMIT,
    )


def _seconds(server: Callable[[], AbstractContextManager[str]]) -> float:
    started = time.monotonic()
    with server() as endpoint:
        ask(endpoint)
        return time.monotonic() - started
