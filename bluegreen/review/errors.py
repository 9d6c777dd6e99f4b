"""How a review ends."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The codes that scripts may rely on; docs/plan-review.md repeats them."""

    FINE = 0
    """Nothing to object to: no finding, or every finding was allowed."""
    FOUND = 1
    """The guard found something that was not allowed."""
    REFUSED = 2
    """No review: wrong usage, no plan, or an address that needs no allowance."""


class ReviewError(Exception):
    """One line: what was found, what is allowed, what to do."""

    exit_code = ExitCode.REFUSED
