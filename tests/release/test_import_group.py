"""Which deployment groups of others can be released, and what is read from them."""

from __future__ import annotations

from typing import Any

import pytest

from bluegreen.release.errors import ReleaseError
from bluegreen.release.import_group import parse

PAIR = {
    "targetGroups": [{"name": "one"}, {"name": "two"}],
    "prodTrafficRoute": {"listenerArns": ["arn:production"]},
    "testTrafficRoute": {"listenerArns": ["arn:test"]},
}


def info(pair: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "applicationName": "shop",
        "deploymentGroupName": "shop-blue-green",
        "computePlatform": "ECS",
        "ecsServices": [{"clusterName": "cluster", "serviceName": "cart"}],
        "loadBalancerInfo": {"targetGroupPairInfoList": [pair or PAIR]},
        **more,
    }


def test_a_group_says_service_target_groups_and_listeners() -> None:
    found = parse(info())
    assert (found.application, found.name, found.cluster, found.service) == (
        "shop",
        "shop-blue-green",
        "cluster",
        "cart",
    )
    assert found.target_groups == ("one", "two")
    assert (found.production_listener, found.test_listener) == ("arn:production", "arn:test")


@pytest.mark.parametrize("route", [None, {}, {"listenerArns": []}])
def test_a_test_listener_may_be_missing(route: Any) -> None:
    assert parse(info({**PAIR, "testTrafficRoute": route})).test_listener == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"computePlatform": "Lambda"}, "a deployment group for Lambda"),
        ({"computePlatform": None}, "a deployment group for Server"),
        ({"ecsServices": []}, "found 0 ECS services and 1 pairs"),
        ({"loadBalancerInfo": None}, "found 1 ECS services and 0 pairs"),
        ({"pair": {**PAIR, "prodTrafficRoute": {}}}, "no production listener"),
    ],
)
def test_what_is_no_group_of_one_service_is_refused(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ReleaseError, match=words):
        parse(info(**change))
