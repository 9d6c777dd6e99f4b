"""How long a deployment will take, by those before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bluegreen.release.expected import Expected, among
from bluegreen.release.snapshot import Snapshot

START = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
NOW = Snapshot(deployment_id="d-NOW", status="InProgress", configuration="canary", created=START)


def past(seconds: float, **more: Any) -> Snapshot:
    end = START + timedelta(seconds=seconds)
    good = Snapshot(deployment_id="d-OLD", status="Succeeded", configuration="canary", created=START, completed=end)
    return replace(good, **more)


def test_it_is_the_median_of_the_last_five() -> None:
    history = [past(seconds) for seconds in (70, 60, 400, 65, 61, 1, 1, 1)]
    assert among(history, NOW) == Expected(65.0, 5)


def test_only_releases_that_went_well_with_the_same_configuration_count() -> None:
    history = [
        past(1, status="Failed"),
        past(2, configuration="linear"),
        past(3, rolls_back="d-BAD"),
        past(4, deployment_id="d-NOW"),
        past(50),
    ]
    assert among(history, NOW) == Expected(50.0, 1)


def test_without_history_nothing_is_expected() -> None:
    assert among([past(9, status="Stopped")], NOW) is None
    assert among([], NOW) is None
