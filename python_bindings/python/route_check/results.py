"""What check_routes returns: frozen dataclasses, which compare by value, hash, pickle and go through `asdict`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class RouteResult:
    """What became of one route. Frozen."""

    name: str | None
    """The name that the check list gives the check."""
    method: str
    """Method of the request."""
    path: str
    """Path and query, as the check list has them."""
    url: str
    """What was asked, with scheme, host and port."""
    passed: bool
    """Whether the last answer, and every one that confirmed it, was as expected."""
    expected: str
    """What the last attempt should have given, in words."""
    got: str
    """What the last attempt gave, in words."""
    task_definition: str | None
    """``family:revision`` that the last answer named in ``x-task-definition``."""
    attempts: int
    """How many times it was asked; a route that passes is asked some times more."""
    milliseconds: int
    """Time that its attempts took."""
    reason: str
    """Why the route failed, in words; empty when it passed."""

    def __repr__(self) -> str:
        """Return what was asked and what became of it, in one line."""
        asked = f"{self.method} {self.url} {_outcome(self)}"
        return f"<RouteResult {asked}, attempts={self.attempts}, milliseconds={self.milliseconds}>"


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What became of all routes. Frozen."""

    passed: bool
    """Whether every route passed."""
    reason: str
    """The reasons of all routes that failed, each starting with its route; empty when all passed."""
    milliseconds: int
    """Time from the first request to the verdict."""
    routes: tuple[RouteResult, ...]
    """One result a check, in the order of the check list."""

    def __repr__(self) -> str:
        """Return the outcome in one line, without the routes."""
        return f"<Verdict {_outcome(self)}, routes={len(self.routes)}, milliseconds={self.milliseconds}>"


def _outcome(result: RouteResult | Verdict) -> str:
    return "passed" if result.passed else f"failed, reason={result.reason!r}"
