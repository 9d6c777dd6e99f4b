"""Why something ended badly: the first cause, in words, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """`cause` is one line; `details` are what it was drawn from; `next_step` is an order."""

    cause: str
    details: tuple[str, ...]
    next_step: str
