"""Looks for the shortest plan that still breaks the same invariant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .history import Outcome, live
from .plan import Plan


def shrink(outcome: Outcome) -> Outcome:
    """Drop what had not happened yet, then every happening, release, hook and oddity that the violation can do without.

    The result breaks the invariant that `outcome` broke; it is `outcome` itself where nothing can be left out.
    """
    best = _kept(outcome, replace(outcome.plan, happenings=outcome.happened)) or outcome
    while (smaller := next(filter(None, (_kept(best, plan) for plan in _simpler(best.plan))), None)) is not None:
        best = smaller
    return best


def _kept(outcome: Outcome, plan: Plan) -> Outcome | None:
    tried = live(plan)
    if tried.violation and outcome.violation and tried.violation.invariant == outcome.violation.invariant:
        return tried
    return None


def _simpler(plan: Plan) -> Iterator[Plan]:
    for number in reversed(range(len(plan.happenings))):
        yield replace(plan, happenings=plan.happenings[:number] + plan.happenings[number + 1 :])
    for number in range(len(plan.releases)):
        if len(plan.releases) > 1 and number == len(plan.releases) - 1:
            yield replace(plan, releases=plan.releases[:number])
        yield from _fewer_hooks(plan, number)
    for simpler in (replace(plan, rules=0), replace(plan, alarms=()), replace(plan, rollback=())):
        if simpler != plan:
            yield simpler


def _fewer_hooks(plan: Plan, number: int) -> Iterator[Plan]:
    release = plan.releases[number]
    for hook in release.hooks:
        fewer = replace(release, hooks=tuple(one for one in release.hooks if one != hook))
        yield replace(plan, releases=(*plan.releases[:number], fewer, *plan.releases[number + 1 :]))
