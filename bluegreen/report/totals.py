"""What the drills of one set-up add up to."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic.dataclasses import dataclass

from .drill import Drill, Variant
from .latency import Latency, pooled
from .model import CONFIG, Count, Seconds
from .times import Times, times


@dataclass(frozen=True, config=CONFIG)
class Totals:
    """Sums over all drills of a variant, the longest gap of any, and the latency of all their visitors together."""

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
    before: Latency | None
    """Of all visitors before a release: median and 99th percentile to two digits; null: nobody came then."""
    during: Latency | None
    """Of all visitors during a release, in the same way."""
    after: Latency | None
    """Of all visitors after a release, in the same way."""
    seconds_to_verdict: Times | None
    """null: no drill had one."""
    seconds_to_shift: Times | None
    """null: no drill had one."""
    seconds_to_roll_back: Times | None
    """null: no drill had one."""


def add_up(variant: Variant, drills: Iterable[Drill]) -> Totals:
    """Return the totals of one variant's drills."""
    own = [drill for drill in drills if drill.variant == variant]
    named = [(drill.name, drill.figures) for drill in own if drill.figures]
    figures = [one for _, one in named]
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
        before=pooled(one.before for one in figures),
        during=pooled(one.during for one in figures),
        after=pooled(one.after for one in figures),
        seconds_to_verdict=times((name, one.seconds_to_verdict) for name, one in named),
        seconds_to_shift=times((name, one.seconds_to_shift) for name, one in named),
        seconds_to_roll_back=times((name, one.seconds_to_roll_back) for name, one in named),
    )
