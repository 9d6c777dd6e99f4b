"""What is told of a change, attribute by attribute."""

from __future__ import annotations

import json
from typing import Any

from bluegreen.review import wording
from bluegreen.review.difference import SENSITIVE, UNKNOWN, Difference, Mark, differences
from tests.review.plans import REPLACE, UPDATE, plan, resource, updated

SECRET = "hunter2"


def told(entry: dict[str, Any], **more: Any) -> list[Difference]:
    parsed = plan(entry, **more)
    return list(differences(parsed, parsed.changes[0]))


def paths(entry: dict[str, Any], **more: Any) -> list[str]:
    return [one.path for one in told(entry, **more)]


def test_a_change_deep_inside_is_named_by_its_path() -> None:
    before = {"name": "a", "health_check": [{"path": "/health", "interval": 60}]}
    (one,) = told(updated("aws_lb_target_group.blue", before, health_check=[{"path": "/health", "interval": 30}]))
    assert (one.path, one.before, one.after) == ("health_check[0].interval", 60, 30)


def test_what_forces_a_replacement_comes_first_and_says_so() -> None:
    entry = resource(
        "aws_lb.front", REPLACE, {"a": 1, "internal": True}, {"a": 2, "internal": False}, replace_paths=[["internal"]]
    )
    assert [(one.path, one.forces_replacement) for one in told(entry)] == [("internal", True), ("a", False)]


def test_what_aws_computes_is_left_out_and_what_is_configured_is_not() -> None:
    entry = resource(
        "aws_lb.front", UPDATE, {"arn": "x", "subnets": ["s-1"]}, {}, after_unknown={"arn": True, "subnets": True}
    )
    (one,) = told(entry, references={"aws_lb.front": {"subnets": "aws_subnet.a.id"}})
    assert (one.path, one.after) == ("subnets", Mark(UNKNOWN))


def test_a_tag_is_told_once() -> None:
    before = {"tags": {"a": "1"}, "tags_all": {"a": "1", "project": "p"}}
    assert paths(updated("aws_lb.front", before, tags={"a": "2"}, tags_all={"a": "2", "project": "p"})) == [
        "tags_all.a"
    ]


def test_nothing_empty_that_aws_reads_back_is_a_change() -> None:
    before = {"pid_mode": "", "container_definitions": json.dumps([{"name": "a", "mountPoints": []}]), "cpu": 1}
    after = {"pid_mode": None, "container_definitions": json.dumps([{"name": "a"}]), "cpu": 2}
    assert paths(updated("aws_ecs_task_definition.task", before, **after)) == ["cpu"]


def test_false_and_zero_are_values() -> None:
    before = {"internal": False, "count": 0, "name": "a"}
    assert paths(updated("aws_lb.front", before, internal=None, count=None)) == ["count", "internal"]


def test_a_sensitive_value_is_never_told_wherever_it_lies() -> None:
    before = {"value": SECRET, "environment": [{"variables": {"TOKEN": SECRET, "PORT": "1"}}], "list": [SECRET]}
    after = {
        "value": SECRET + "!",
        "environment": [{"variables": {"TOKEN": SECRET + "!", "PORT": "2"}}],
        "list": [SECRET, SECRET],
    }
    entry = resource(
        "aws_ssm_parameter.secret",
        UPDATE,
        before,
        after,
        before_sensitive={"value": True, "environment": [{"variables": {"TOKEN": True}}], "list": [True]},
        after_sensitive={"value": True, "list": [True, True]},
    )
    found = told(entry)
    assert SECRET not in str(found)
    assert [one.path for one in found] == [
        "environment[0].variables.PORT",
        "environment[0].variables.TOKEN",
        "list",
        "value",
    ]
    assert found[3].after == Mark(SENSITIVE)


def test_a_value_that_becomes_sensitive_is_not_told_either() -> None:
    entry = resource("aws_ssm_parameter.s", UPDATE, {"value": SECRET}, {"value": "x"}, after_sensitive={"value": True})
    assert SECRET not in str(told(entry))


def test_a_policy_is_told_as_a_diff_in_which_a_new_line_changes_no_other() -> None:
    one, other = (
        json.dumps({"Statement": [{"Effect": "Allow", "Action": actions}]})
        for actions in (["s3:GetObject"], ["s3:GetObject", "s3:PutObject"])
    )
    (change,) = told(updated("aws_iam_policy.p", {"policy": one}, policy=other))
    assert not wording.is_short(change)
    lines = wording.diff(change)
    assert [line for line in lines if line.startswith(("+", "-"))] == ["+  - s3:PutObject"]


def test_a_long_diff_is_bounded_and_says_so() -> None:
    lines = wording.diff(Difference(path="p", before="", after="\n".join(f"line {n} " + "x" * 500 for n in range(500))))
    assert len(lines) == wording.MOST_LINES + 1
    assert lines[-1] == f"  ({500 - wording.MOST_LINES} more lines)"
    assert max(map(len, lines)) <= wording.LONGEST_LINE + 1
