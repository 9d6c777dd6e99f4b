"""How a rehearsal ended, in words."""

from __future__ import annotations

from .narrator import Narrator
from .releases import Release
from .story import Ending


def conclude(tell: Narrator, ending: Ending) -> None:
    """Tell the figures, and which promises were broken."""
    figures = ending.figures
    tell.act("Figures")
    visits = f"{figures.visits} requests, {figures.dropped} dropped, {figures.wrong} wrong"
    tell.say(f"visitors   {visits}; longest gap {figures.longest_gap * 1000:.0f} ms")
    latency = f"{figures.median:.1f} / {figures.ninety_ninth:.1f} / {figures.slowest:.1f} ms"
    tell.say(f"latency    {latency} (median / 99th percentile / slowest)")
    for version, release in ending.releases:
        tell.say(f"{version.color:<10} {release.task_definition} {release.status.lower()}: {_times(release)}")
    kept = len(tell.promises) - len(tell.broken)
    tell.act(f"{kept} of {len(tell.promises)} promises kept in {tell.elapsed:.0f} s")
    for promise in tell.broken:
        tell.say(f"broken: {promise.text}: {promise.seen}")


def _times(release: Release) -> str:
    moments = {"verified": release.verified, "rejected": release.rejected, "shifted": release.shifted}
    return ", ".join(f"{name} after {at - release.created:.1f} s" for name, at in moments.items() if at is not None)
