"""What a drill is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bluegreen.report.drill import Kind

if TYPE_CHECKING:
    from .scene import Scene


@dataclass(frozen=True, kw_only=True)
class Drill:
    """A part of a release that goes wrong (or all of it right), and what must be true then.

    `play` acts as a user would and states what is special to this drill; what every drill must keep (`promises.py`) is
    checked for all of them.
    """

    name: str
    """As `--drill` takes it."""
    kind: Kind
    purpose: str
    """One sentence."""
    play: Callable[[Scene], None]
    risk: str = ""
    """Deployment configuration under which visitors may knowingly meet the bad version; empty: nobody may."""
    long: bool = False
    """Whether it takes minutes: those are played first, so that nothing waits for them at the end."""
    lost_for: float = 0.0
    """Real seconds in which requests may be lost, since what serves them is killed; 0: none may."""
    lost_share: float = 1.0
    """Share of the requests that may be lost meanwhile: what the killed one has of the traffic."""
    lost_risk: str = ""
    """Deployment configuration under which requests may be lost until an alarm takes the release back; then
    `lost_for` and `lost_share` say nothing."""
