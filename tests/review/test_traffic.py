"""Where listeners and rules send traffic."""

from __future__ import annotations

import pytest

from tests.review.plans import CREATE, DELETE, KEEP, REPLACE, UPDATE, resource, rules_broken, updated

LISTENER, RULE = "aws_lb_listener.production", "aws_lb_listener_rule.api"
BLUE, GREEN = ([{"type": "forward", "target_group_arn": color}] for color in ("blue", "green"))
EXISTING = resource(LISTENER, KEEP, {"arn": "listener-1"}, {"arn": "listener-1"})


def test_a_default_action_is_codedeploys() -> None:
    assert rules_broken(updated(LISTENER, {"default_action": GREEN, "port": 80}, default_action=BLUE)) == ["traffic"]


def test_a_default_action_that_is_not_known_yet_is_found_too() -> None:
    entry = resource(
        LISTENER, UPDATE, {"default_action": BLUE}, {"default_action": BLUE},
        after_unknown={"default_action": [{"target_group_arn": True}]},
    )  # fmt: skip
    assert rules_broken(entry) == ["traffic"]


def test_the_rest_of_a_listener_may_change() -> None:
    assert rules_broken(updated(LISTENER, {"default_action": BLUE, "ssl_policy": "a"}, ssl_policy="b")) == []


def test_a_rules_action_is_codedeploys_and_its_priority_is_not() -> None:
    before = {"action": BLUE, "priority": 1}
    assert rules_broken(updated(RULE, before, action=GREEN)) == ["traffic"]
    assert rules_broken(updated(RULE, before, priority=2)) == []


@pytest.mark.parametrize("actions", [DELETE, REPLACE])
def test_a_rule_that_goes_takes_its_traffic_elsewhere(actions: list[str]) -> None:
    assert rules_broken(resource(RULE, actions, {"action": BLUE}, {"action": BLUE})) == ["traffic"]


def test_a_rule_put_into_a_listener_that_serves_is_found() -> None:
    rule = resource(RULE, CREATE, None, {"listener_arn": "listener-1", "action": BLUE})
    assert rules_broken(EXISTING, rule) == ["traffic"]


def test_a_rule_of_a_listener_that_is_made_with_it_passes() -> None:
    rule = resource(RULE, CREATE, None, {"action": BLUE}, after_unknown={"listener_arn": True})
    references = {RULE: {"listener_arn": f"{LISTENER}.arn"}}
    assert rules_broken(resource(LISTENER, CREATE, None, {}), rule, references=references) == []
    assert rules_broken(EXISTING, rule, references=references) == ["traffic"]
