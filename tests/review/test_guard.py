"""The guard as a whole: what is allowed, and what is new."""

from __future__ import annotations

import pytest

from bluegreen.review import guard
from bluegreen.review.errors import ReviewError
from tests.review.plans import CREATE, DELETE, UPDATE, findings, plan, resource, rules_broken

LB = resource("aws_lb.front", DELETE, {})
GROUP = resource("aws_lb_target_group.blue", DELETE, {})


def test_a_finding_says_what_why_and_what_instead() -> None:
    (finding,) = findings(LB)
    assert finding.what == "the load balancer is destroyed"
    assert "users reach nothing" in finding.why
    assert "`make destroy`" in finding.instead


def test_what_is_allowed_is_still_there_and_comes_last() -> None:
    judged = guard.allow(findings(LB, GROUP), ["aws_lb.front"])
    assert [(one.address, one.is_allowed) for one in judged] == [
        ("aws_lb_target_group.blue", False),
        ("aws_lb.front", True),
    ]


def test_an_address_without_a_finding_cannot_be_allowed_and_those_with_one_are_named() -> None:
    with pytest.raises(ReviewError, match=r"--allow aws_lb\.frnt.*can be allowed: aws_lb\.front, aws_lb_target_group"):
        guard.allow(findings(LB, GROUP), ["aws_lb.frnt"])
    with pytest.raises(ReviewError, match="nothing needs to be allowed"):
        guard.allow((), ["aws_lb.front"])


def test_an_allowance_holds_for_the_whole_address_alone() -> None:
    (first, second) = (resource(f"aws_lb.front[{index}]", DELETE, {}) for index in (0, 1))
    judged = guard.allow(findings(first, second), ["aws_lb.front[0]"])
    assert [one.is_allowed for one in judged] == [False, True]


def test_a_change_of_anything_else_is_none_of_the_guards_business() -> None:
    assert plan(resource("aws_ssm_parameter.p", UPDATE, {"a": 1}, {"a": 2})).changes
    assert rules_broken(resource("aws_ssm_parameter.p", UPDATE, {"a": 1}, {"a": 2})) == []
    assert rules_broken(resource("aws_subnet.a", DELETE, {"a": 1}), resource("aws_lb.b", CREATE, None, {})) == []
