"""AWS as it throttles every other call."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from . import between
from .between import Answer

REFUSAL = between.refusal(400, "ThrottlingException", "Rate exceeded")


@contextmanager
def every_other_call(backend: str) -> Iterator[tuple[str, list[str]]]:
    """Serve in front of `backend`; give the URL, and the names of the operations that were throttled, which grow."""
    refused: list[str] = []
    numbers = itertools.count()

    def throttle(operation: str) -> Answer | None:
        # The other protocols of AWS word a refusal otherwise; those calls pass.
        if not operation or not next(numbers) % 2:
            return None
        refused.append(operation)
        return REFUSAL

    with between.serve(backend) as one:
        one.fault = throttle
        yield one.endpoint, refused
