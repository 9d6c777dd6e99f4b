"""What the simulation knows by itself of a history, whatever the engine believes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bluegreen.loopback.codedeploy.account import Action
from bluegreen.loopback.codedeploy.forwarding import weights

from .plan import Release

Shares = Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Began:
    """The account as a deployment found it: shares by listener and rule, the primary task set and its target group."""

    shares: Mapping[str, Shares]
    primary: str
    group: str
    task_sets: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Write:
    """A change that the engine made just now: the call and what it was asked with."""

    call: str
    arguments: tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A StopDeployment that was accepted at `at` (epoch seconds)."""

    rollback: bool | None
    at: float


@dataclass(kw_only=True)
class Facts:
    """By deployment id, unless said otherwise; times are epoch seconds.

    `by_hand` are listeners and rules that somebody moved and CodeDeploy has not written since, `reports` the first
    accepted report by deployment and event, `ready` and `waited` when a wait began, `moved` what was moved by
    hand meanwhile, `happened` the kinds of all that did, `shown` what a deployment showed once it was over.
    """

    releases: dict[str, Release] = field(default_factory=dict)
    began: dict[str, Began] = field(default_factory=dict)
    wrote: set[str] = field(default_factory=set)
    moved: dict[str, set[str]] = field(default_factory=dict)
    by_hand: set[str] = field(default_factory=set)
    reports: dict[tuple[str, str], str] = field(default_factory=dict)
    stops: dict[str, Stop] = field(default_factory=dict)
    continued: set[tuple[str, str]] = field(default_factory=set)
    ready: dict[str, float] = field(default_factory=dict)
    waited: dict[str, float] = field(default_factory=dict)
    red_since: dict[str, float] = field(default_factory=dict)
    happened: set[str] = field(default_factory=set)
    shown: dict[str, object] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    events: dict[str, tuple[str, ...]] = field(default_factory=dict)
    write: Write | None = None

    def accept_stop(self, one: str, rollback: bool | None, at: float) -> None:
        """The first one counts."""
        self.stops.setdefault(one, Stop(rollback=rollback, at=at))


def positive(actions: Sequence[Action] | Shares) -> dict[str, float]:
    """Return the fraction of the traffic of each target group that gets some."""
    shares = actions if isinstance(actions, Mapping) else weights(actions)
    whole = sum(shares.values())
    return {group: share / whole for group, share in shares.items() if share}
