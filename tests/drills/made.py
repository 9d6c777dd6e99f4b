"""Deployments and visits, made for a test."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bluegreen.drills.cast import Version
from bluegreen.drills.deployed import Deployed, LifecycleEvent
from bluegreen.drills.measure import Played
from bluegreen.drills.rights import rights
from bluegreen.rehearsal.releases import Release
from bluegreen.rehearsal.visits import Visits
from bluegreen.report.figures import NONE

GREEN = Version(tag="green", color="Green", bad=False)
BLUE = Version(tag="blue", color="Blue", bad=False)
BAD = Version(tag="bad", color="Bad")


def release(
    revision: str = "app:2",
    status: str = "Succeeded",
    *,
    verified: float | None = 11.0,
    shifted: float | None = 12.0,
    ended: float | None = 13.0,
    rejected: float | None = None,
    events: tuple[LifecycleEvent, ...] = (),
    asked: str | None = None,
) -> Deployed:
    told = Release("d-1", revision, status, 10.0, verified, rejected, shifted)
    return Deployed(told, by_user=True, ended=ended, events=events, asked=frozenset({asked or revision}))


def played(*answers: tuple[float, str | None, int, str], deployed: tuple[Deployed, ...] = (), **more: Any) -> Played:
    """Return a drill with visits: when due, by which revision (nothing: no answer), status, key; each took 10 ms."""
    visits = Visits()
    for due, revision, status, key in answers:
        row = visits.begin(due)
        if revision:
            visits.answer(row, due + 0.01, status, key, revision)
        else:
            visits.fail(row, due + 0.01, "TimeoutError")
    plain = Played(
        visits=visits,
        due=len(visits),
        started=0.0,
        begun=10.0,
        done=20.0,
        first="app:1",
        versions={"app:1": GREEN, "app:2": BLUE, "app:3": BAD},
        deployed=deployed,
        rights=rights("app:1", deployed),
        allowed=NONE,
    )
    return replace(plain, **more)


def good(due: float, revision: str = "app:1", color: str = "Green") -> tuple[float, str, int, str]:
    return due, revision, 200, f"route_one from {color}"
