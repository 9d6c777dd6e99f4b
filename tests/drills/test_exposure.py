"""What a configuration risks, derived from the configuration alone."""

from __future__ import annotations

import pytest

from bluegreen.drills.exposure import OWN_SECONDS, Risk, allowed, detection, share, within
from bluegreen.report.figures import NONE, Exposure
from bluegreen.settings.alarms import AlarmSettings

CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
ALARMS = AlarmSettings(enabled=True, period=60, evaluation_periods=2)


def test_an_alarm_needs_its_periods_and_the_one_in_which_trouble_begins():
    assert detection(ALARMS) == 3 * 60 + 10
    assert detection(AlarmSettings(period=300, evaluation_periods=1)) == 2 * 300 + 10


@pytest.mark.parametrize(
    ("config", "seconds", "expected"),
    [
        ("CodeDeployDefault.ECSAllAtOnce", 1, 1.0),
        (CANARY, 190, 0.1),
        (CANARY, 299, 0.1),
        (CANARY, 300, 1.0),
        ("Canary20Percent15Minutes", 190, 0.2),
        ("CodeDeployDefault.ECSLinear10PercentEvery1Minutes", 190, 0.4),
        ("CodeDeployDefault.ECSLinear10PercentEvery1Minutes", 3600, 1.0),
        ("CodeDeployDefault.ECSLinear10PercentEvery3Minutes", 190, 0.2),
    ],
)
def test_visitors_meet_a_new_version_in_the_share_of_the_steps_taken_by_then(config, seconds, expected):
    assert share(config, seconds) == pytest.approx(expected)


def test_what_is_allowed_shrinks_with_the_minute_but_for_what_a_machine_itself_needs():
    risk = Risk(config=CANARY, alarms=ALARMS)
    assert allowed(risk, minute=60) == Exposure(0.1, 190 + OWN_SECONDS)
    assert allowed(risk, minute=30) == Exposure(0.1, 190 / 2 + OWN_SECONDS)


def test_without_a_risk_nothing_is_allowed():
    assert allowed(None, minute=2) == NONE


@pytest.mark.parametrize(
    ("seen", "visits", "expected"),
    [
        (NONE, 0, True),
        (Exposure(0.1, 5.0), 1000, True),
        (Exposure(0.13, 5.0), 1000, True),
        (Exposure(0.15, 5.0), 1000, False),
        (Exposure(0.15, 5.0), 20, True),
        (Exposure(0.1, 9.5), 1000, False),
    ],
)
def test_a_share_has_its_chance_and_a_time_has_none(seen, visits, expected):
    assert within(seen, Exposure(0.1, 9.0), visits) is expected


def test_all_at_once_risks_every_visitor_and_chance_adds_nothing():
    assert within(Exposure(1.0, 3.0), Exposure(1.0, 9.0), 100)
