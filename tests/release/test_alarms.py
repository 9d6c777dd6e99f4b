"""The alarms that would stop a deployment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bluegreen.release import alarms
from bluegreen.release.snapshot import parse

Recorded = Callable[..., Any]


def test_quiet_ones_are_counted_and_the_others_named() -> None:
    assert alarms.words({"a": "OK", "b": "ALARM", "c": "OK", "d": "Sulking"}) == "b ALARM, d Sulking, 2 OK"
    assert alarms.words({}) == "none"


def test_those_of_a_configuration_that_is_turned_off_stop_nothing() -> None:
    assert alarms.of_configuration({"enabled": True, "alarms": [{"name": "a"}, {}]}) == ("a",)
    assert alarms.of_configuration({"enabled": False, "alarms": [{"name": "a"}]}) == ()
    assert alarms.of_configuration(None) == ()


def test_a_deployment_may_heed_its_own(deployment_info: Recorded) -> None:
    assert parse(deployment_info(), None).own_alarms is None
    off = deployment_info(overrideAlarmConfiguration={"enabled": False, "alarms": []})
    own = deployment_info(overrideAlarmConfiguration={"enabled": True, "alarms": [{"name": "mine"}]})
    assert (parse(off, None).own_alarms, parse(own, None).own_alarms) == ((), ("mine",))
