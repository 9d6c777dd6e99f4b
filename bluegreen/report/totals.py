"""What the drills of one set-up add up to."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic.dataclasses import dataclass

from .drill import Drill, Variant
from .model import CONFIG, Count, Seconds


@dataclass(frozen=True, config=CONFIG)
class Totals:
    """Sums over all drills of a variant; of times, the longest of any drill (null: none had one)."""

    variant: Variant
    drills: Count
    kept: Count
    """Drills of which every promise was kept."""
    requests: Count
    dropped: Count
    risked: Count
    """Of those dropped, as many as the configuration knowingly risks."""
    unverified: Count
    bad: Count
    longest_gap: Seconds
    seconds_to_verdict: Seconds | None
    seconds_to_shift: Seconds | None
    seconds_to_roll_back: Seconds | None


def add_up(variant: Variant, drills: Iterable[Drill]) -> Totals:
    """Return the totals of one variant's drills."""
    own = [drill for drill in drills if drill.variant == variant]
    figures = [drill.figures for drill in own if drill.figures]
    return Totals(
        variant=variant,
        drills=len(own),
        kept=sum(drill.verdict == "kept" for drill in own),
        requests=sum(one.requests for one in figures),
        dropped=sum(one.dropped for one in figures),
        risked=sum(one.risked for one in figures),
        unverified=sum(one.unverified for one in figures),
        bad=sum(one.bad for one in figures),
        longest_gap=max((one.longest_gap for one in figures), default=0.0),
        seconds_to_verdict=_longest(one.seconds_to_verdict for one in figures),
        seconds_to_shift=_longest(one.seconds_to_shift for one in figures),
        seconds_to_roll_back=_longest(one.seconds_to_roll_back for one in figures),
    )


def _longest(times: Iterable[float | None]) -> float | None:
    return max((time for time in times if time is not None), default=None)
