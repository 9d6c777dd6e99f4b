"""Listeners, target groups and the primary task set: what makes CodeDeploy refuse the next deployment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bluegreen.release.doctor import listeners, production_traffic, target_groups
from bluegreen.release.doctor.finding import Finding, Level
from bluegreen.release.doctor.production_traffic import Behind

PREFIX = "arn:aws:elasticloadbalancing:us-east-1:123456789012"
GROUPS = ("sample-cluster-blue", "sample-cluster-green")
BALANCER = f"{PREFIX}:loadbalancer/app/sample-cluster-alb/50dc6c495c0c9188"
OTHER = f"{PREFIX}:loadbalancer/app/another/50dc6c495c0c9188"
APPLY = "`make deploy ENV=sample`"
BLUE, GREEN = (f"{PREFIX}:targetgroup/{name}/73e2d6bc24d8a067" for name in GROUPS)


def forwards(*groups: str, balancer: str = BALANCER) -> dict[str, Any]:
    pairs = [{"TargetGroupArn": arn, "Weight": 100} for arn in groups]
    action = {"Type": "forward", "ForwardConfig": {"TargetGroups": pairs}}
    return {"LoadBalancerArn": balancer, "DefaultActions": [action]}


def of_listeners(**found: Any) -> Finding:
    return listeners.judge({"production": forwards(BLUE), "test": forwards(GREEN), **found}, GROUPS, APPLY)


def test_a_test_listener_may_point_at_either_target_group() -> None:
    assert of_listeners().level is Level.OK
    assert of_listeners(test=forwards(BLUE)).level is Level.OK


def test_a_listener_that_is_gone_is_an_error() -> None:
    found = of_listeners(test=None)
    assert (found.level, found.found) == (Level.ERROR, "there is no test listener")
    assert found.remedy == f"{APPLY} makes it again"


def test_listeners_of_two_load_balancers_are_an_error() -> None:
    found = of_listeners(test=forwards(GREEN, balancer=OTHER))
    assert found.level is Level.ERROR
    assert "production of app/sample-cluster-alb/50dc6c495c0c9188, test of app/another/" in found.found


@pytest.mark.parametrize(
    ("listener", "words"),
    [
        (forwards(f"{PREFIX}:targetgroup/foreign/1"), "the test listener forwards to foreign"),
        (
            {"LoadBalancerArn": BALANCER, "DefaultActions": [{"Type": "fixed-response"}]},
            "the test listener forwards to no target group (fixed-response)",
        ),
    ],
)
def test_a_listener_that_goes_elsewhere_is_an_error(listener: Mapping[str, Any], words: str) -> None:
    found = of_listeners(test=listener)
    assert (found.level, found.found) == (Level.ERROR, words)
    assert found.remedy == "point it at sample-cluster-blue or sample-cluster-green"


def group(kind: str = "ip", *balancers: str) -> dict[str, Any]:
    return {"TargetType": kind, "LoadBalancerArns": list(balancers)}


def of_groups(**found: Any) -> Finding:
    by_name = {name: found.get(name.rpartition("-")[2], group("ip", BALANCER)) for name in GROUPS}
    there = {name: one for name, one in by_name.items() if one}
    return target_groups.judge(GROUPS, there, BALANCER, APPLY)


def test_the_idle_target_group_may_have_no_listener_yet() -> None:
    assert of_groups().level is Level.OK
    assert of_groups(green=group("ip")).level is Level.OK


@pytest.mark.parametrize(
    ("green", "words"),
    [
        (None, "there is no target group sample-cluster-green"),
        (group("instance", BALANCER), "sample-cluster-green takes targets by instance"),
        (group("ip", OTHER), "sample-cluster-green is behind another load balancer: app/another/"),
    ],
)
def test_a_target_group_that_cannot_take_the_tasks_is_an_error(green: Any, words: str) -> None:
    found = of_groups(green=green)
    assert found.level is Level.ERROR
    assert found.found.startswith(words)


def of_traffic(weights: dict[str, float], *rules: str, primary: str = BLUE) -> Finding:
    return production_traffic.judge(Behind(primary, weights, frozenset(rules)), "the-arn", "--environment sample")


def test_the_primarys_target_group_behind_the_production_listener_is_sound() -> None:
    assert of_traffic({BLUE: 100, GREEN: 0}).level is Level.OK
    assert of_traffic({GREEN: 1}, BLUE).level is Level.OK


def test_a_production_listener_past_the_primary_is_an_error_with_the_command_that_mends_it() -> None:
    found = of_traffic({GREEN: 1})
    assert found.level is Level.ERROR
    assert "forwards to sample-cluster-green (weight 1), not to sample-cluster-blue of the live tasks" in found.found
    assert "Primary taskset target group must be behind listener" in found.found
    assert f"--listener-arn the-arn --default-actions Type=forward,TargetGroupArn={BLUE}`" in found.remedy


def test_a_share_of_traffic_that_goes_past_the_live_tasks_is_a_warning() -> None:
    found = of_traffic({BLUE: 90, GREEN: 10})
    assert found.level is Level.WARNING
    assert "sample-cluster-blue (weight 90), sample-cluster-green (weight 10)" in found.found


def test_the_primary_is_found_among_the_task_sets() -> None:
    task_sets = [
        {"status": "ACTIVE", "loadBalancers": [{"targetGroupArn": GREEN}]},
        {"status": "PRIMARY", "loadBalancers": [{"targetGroupArn": BLUE}]},
    ]
    assert production_traffic.primary({"taskSets": task_sets}) == BLUE
    assert of_traffic({BLUE: 1}, primary=production_traffic.primary({"taskSets": []})).level is Level.OK
