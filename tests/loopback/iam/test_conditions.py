"""Condition operators, and what they make of keys that a call does not bring."""

from __future__ import annotations

import pytest

from bluegreen.loopback.iam.condition import holds

CLUSTER = "arn:aws:ecs:us-east-1:123456789012:cluster/c"
CONTEXT = {
    "iam:PassedToService": ("ecs-tasks.amazonaws.com",),
    "ecs:cluster": (CLUSTER,),
    "aws:SecureTransport": ("true",),
    "aws:TagKeys": ("team", "stage"),
    "aws:CurrentTime": ("2026-11-24T10:00:00+00:00",),
    "aws:SourceIp": ("10.0.1.7",),
    "s3:max-keys": ("10",),
}


@pytest.mark.parametrize(
    ("operator", "key", "values", "expected"),
    [
        ("StringEquals", "iam:PassedToService", ("ecs-tasks.amazonaws.com",), True),
        ("StringEquals", "IAM:passedtoservice", ("ecs-tasks.amazonaws.com",), True),
        ("StringEquals", "iam:PassedToService", ("lambda.amazonaws.com", "ecs-tasks.amazonaws.com"), True),
        ("StringEquals", "iam:PassedToService", ("lambda.amazonaws.com",), False),
        ("StringEquals", "iam:PassedToService", ("ecs-tasks.*",), False),
        ("StringEquals", "iam:PassedToService", ("ECS-tasks.amazonaws.com",), False),
        ("StringEqualsIgnoreCase", "iam:PassedToService", ("ECS-tasks.amazonaws.com",), True),
        ("StringLike", "iam:PassedToService", ("ecs-tasks.*",), True),
        ("StringNotEquals", "iam:PassedToService", ("lambda.amazonaws.com",), True),
        ("StringNotLike", "iam:PassedToService", ("ecs*",), False),
        ("ArnEquals", "ecs:cluster", (CLUSTER,), True),
        ("ArnEquals", "ecs:cluster", ("arn:aws:ecs:*:*:cluster/c",), True),
        ("ArnLike", "ecs:cluster", ("arn:aws:ecs:*:*:cluster/d",), False),
        ("ArnLike", "ecs:cluster", ("arn:aws:ecs:*:cluster/c",), False),
        ("ArnNotEquals", "ecs:cluster", ("arn:aws:ecs:*:*:cluster/d",), True),
        ("Bool", "aws:SecureTransport", ("true",), True),
        ("Bool", "aws:SecureTransport", ("false",), False),
        ("IpAddress", "aws:SourceIp", ("10.0.0.0/16",), True),
        ("NotIpAddress", "aws:SourceIp", ("10.0.0.0/16",), False),
        ("NumericLessThanEquals", "s3:max-keys", ("10",), True),
        ("NumericLessThan", "s3:max-keys", ("ten",), False),
        ("DateGreaterThan", "aws:CurrentTime", ("2026-01-01T00:00:00Z",), True),
        ("DateLessThan", "aws:CurrentTime", ("2026-01-01",), False),
        ("ForAnyValue:StringEquals", "aws:TagKeys", ("team",), True),
        ("ForAllValues:StringEquals", "aws:TagKeys", ("team",), False),
        ("ForAllValues:StringEquals", "aws:TagKeys", ("team", "stage"), True),
        ("SoundsLike", "iam:PassedToService", ("ecs-tasks.amazonaws.com",), False),
    ],
)
def test_a_key_is_compared(operator: str, key: str, values: tuple[str, ...], expected: bool) -> None:
    assert holds({operator: {key: values}}, CONTEXT) is expected


@pytest.mark.parametrize(
    ("operator", "expected"),
    [
        ("StringEquals", False),
        ("StringLike", False),
        ("ArnLike", False),
        ("Bool", False),
        ("StringEqualsIfExists", True),
        ("StringNotEquals", True),
        ("ArnNotLike", True),
        ("ForAnyValue:StringEquals", False),
        ("ForAnyValue:StringNotEquals", False),
        ("ForAllValues:StringEquals", True),
    ],
)
def test_a_key_that_is_not_there_makes_a_condition_false_and_a_negated_one_true(operator: str, expected: bool) -> None:
    assert holds({operator: {"aws:SourceVpc": ("vpc-1",)}}, CONTEXT) is expected


def test_null_asks_whether_the_key_is_there() -> None:
    assert holds({"Null": {"aws:SourceVpc": ("true",)}}, CONTEXT)
    assert not holds({"Null": {"ecs:cluster": ("true",)}}, CONTEXT)
    assert holds({"Null": {"ecs:cluster": ("false",)}}, CONTEXT)


def test_every_operator_and_every_key_has_to_hold() -> None:
    passed = {"iam:PassedToService": ("ecs-tasks.amazonaws.com",)}
    assert holds({"StringEquals": passed, "ArnEquals": {"ecs:cluster": (CLUSTER,)}}, CONTEXT)
    assert not holds({"StringEquals": passed, "ArnEquals": {"ecs:cluster": ("arn:aws:ecs:*:*:cluster/d",)}}, CONTEXT)
    assert not holds({"StringEquals": {**passed, "aws:SourceVpc": ("vpc-1",)}}, CONTEXT)
