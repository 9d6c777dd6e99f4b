"""Each fault put into the engine is noticed within a bounded number of seeds, by the invariant that is there for it."""

from __future__ import annotations

import pytest

from .history import Outcome, live_seed
from .invariants import ALL
from .mutations import MUTATIONS

MOST_SEEDS = 1000


def first_violation(most: int) -> Outcome | None:
    outcomes = map(live_seed, range(most))
    return next((outcome for outcome in outcomes if outcome.violation), None)


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_mutation_is_caught(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    mutation = MUTATIONS[name]
    mutation.patch(monkeypatch)
    outcome = first_violation(MOST_SEEDS)
    assert outcome is not None, f"{MOST_SEEDS} seeds did not notice it"
    assert outcome.violation is not None
    assert outcome.violation.invariant in mutation.caught_by, f"seed {outcome.plan.seed}: {outcome.violation}"


def test_the_table_names_invariants_that_there_are() -> None:
    known = {invariant.__name__ for invariant in ALL}
    assert {name for mutation in MUTATIONS.values() for name in mutation.caught_by} <= known
