"""What visitors saw of a drill, in figures."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic.dataclasses import dataclass

from .latency import Phase
from .model import CONFIG, Count, Seconds

Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True, config=CONFIG)
class Exposure:
    """How far visitors meet a bad version: which share of them, for how long. 0 and 0: not at all."""

    share: Share
    """Share of the requests while it lasts, from 0 to 1."""
    seconds: Seconds
    """From the first such answer to the last, in seconds of the run (not of AWS)."""


NONE = Exposure(share=0, seconds=0)


@dataclass(frozen=True, config=CONFIG)
class Figures:
    """The visitors' side of a drill."""

    requests: Count
    """Requests that were due."""
    dropped: Count
    """Of these, without an answer or with the load balancer's error instead of the service's answer."""
    risked: Count
    """Of those dropped, as many as the configuration knowingly risks: all, or none where it is more than that."""
    unverified: Count
    """Of these, answered by a revision that the hook had not asked and passed, or that had failed."""
    bad: Count
    """Of these, answered badly by a bad version, whether it had passed or not."""
    allowed: Exposure
    """What the deployment configuration knowingly risks, derived from it."""
    seen: Exposure
    """How far visitors met a bad version."""
    longest_gap: Seconds
    """The longest time in which nobody got an answer, in seconds."""
    before: Phase | None
    """Latency before the release; null: nobody came then."""
    during: Phase | None
    """Latency during the release; null: nobody came then."""
    after: Phase | None
    """Latency after the release; null: nobody came then."""
    seconds_to_verdict: Seconds | None
    """From the deployment's creation to the hook's verdict; null: there was none."""
    seconds_to_shift: Seconds | None
    """From the deployment's creation until all visitors met the new revision; null: they never did."""
    seconds_to_roll_back: Seconds | None
    """From the deployment's failure until all visitors met the old revision again; null: nothing to take back."""
