"""What is granted, held against what was used: each way in which they can differ is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bluegreen.loopback.iam.statement import Request, Statement, statements
from tests.loopback.roles import allow, document

from . import stated
from .used import asked_otherwise, not_granted, refused, unused, used

ROLE = "arn:aws:iam::123456789012:role/rehearsal-execution"
PARAMETER = "arn:aws:ssm:us-east-1:123456789012:parameter/one"


def _granted(*given: dict[str, object]) -> tuple[Statement, ...]:
    return statements("own", document(*given))


def _asked(action: str, *resources: str) -> tuple[Request, ...]:
    return tuple(Request(action=action, resource=one) for one in resources)


def _passing(service: str) -> Request:
    return Request(action="iam:PassRole", resource=ROLE, context={"iam:PassedToService": (service,)})


PASSING = {
    **allow("iam:PassRole", on=ROLE),
    "Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}},
}


def test_an_action_that_is_not_granted_is_named_with_its_resource() -> None:
    asked = [Request(action="ssm:GetParameter", resource=PARAMETER), Request(action="ssm:PutParameter", resource="*")]
    assert not_granted(_granted(allow("ssm:GetParameter", on=PARAMETER)), asked) == ["ssm:PutParameter on *"]


def test_a_role_passed_to_another_service_is_not_granted() -> None:
    (found,) = not_granted(_granted(PASSING), [_passing("ecs-tasks.amazonaws.com"), _passing("lambda.amazonaws.com")])
    assert found == f'iam:PassRole on {ROLE} {{"iam:PassedToService": ["lambda.amazonaws.com"]}}'


def test_a_role_that_is_passed_to_nobody_is_unused() -> None:
    assert unused(_granted(PASSING), (_passing("lambda.amazonaws.com"),)) == [f"iam:PassRole {ROLE}"]


def test_each_action_with_each_resource_has_to_be_used() -> None:
    group, other = (f"arn:aws:logs:us-east-1:123456789012:log-group:{name}:*" for name in ("one", "two"))
    granted = _granted(allow("logs:PutLogEvents", "logs:CreateLogStream", on=[group, other]))
    asked = (*_asked("logs:PutLogEvents", group, other), *_asked("logs:CreateLogStream", group))
    assert unused(granted, asked) == [f"logs:CreateLogStream {other}"]


def test_a_pair_that_grants_nothing_need_not_be_used() -> None:
    group = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/one/1"
    both = ("elasticloadbalancing:CreateListener", "elasticloadbalancing:ModifyTargetGroup")
    assert unused(_granted(allow(*both, on=[group])), ()) == [f"{both[1]} {group}"]


def test_what_aws_asks_about_otherwise_is_named(tmp_path: Path) -> None:
    record = tmp_path / "record.jsonl"
    family = "arn:aws:ecs:us-east-1:123456789012:task-definition/one:*"
    pairs = [("ecs:RegisterTaskDefinition", family), ("ecs:RegisterTaskDefinition", "*"), ("ecs:TagResource", None)]
    record.write_text("".join(json.dumps({"action": action, "resource": on}) + "\n" for action, on in pairs))
    assert asked_otherwise(record) == [f"ecs:RegisterTaskDefinition on {family}"]


def test_a_grant_without_a_reason_is_named_and_so_is_a_reason_for_nothing() -> None:
    assert stated.without_reason("hook", ["ec2:DescribeSubnets *", "s3:GetObject *"]) == ["s3:GetObject *"]
    every = {role: [] for one in stated.UNUSED for role in one["roles"]}
    assert "ec2:DescribeSubnets [*]" in stated.for_nothing(every)


def test_a_caller_is_known_by_his_role_or_by_the_key_of_his_command(tmp_path: Path) -> None:
    callers = ("arn:aws:iam::123456789012:role/rehearsal-hook", "bluegreen", "rehearsal", "apply-rehearsal-foundation")
    record = tmp_path / "record.jsonl"
    lines = [{"caller": one, "action": one, "resource": None, "context": {}, "allowed": True} for one in callers]
    record.write_text("".join(json.dumps(line) + "\n" for line in (*lines, {**lines[0], "allowed": False})))
    assert [one.action for one in used(record, "hook")] == [callers[0]] * 2
    assert [one.action for one in used(record, "release")] == ["bluegreen"]
    assert used(record, "apply") == ()
    assert refused(record) == [f"{callers[0]}: {callers[0]} on None"]


@pytest.mark.parametrize("number", range(len(stated.UNUSED)))
def test_each_entry_has_roles_grants_and_a_reason(number: int) -> None:
    entry = stated.UNUSED[number]
    assert set(entry) == {"roles", "grants", "reason"}
    assert entry["roles"]
    assert entry["grants"]
    assert len(entry["reason"]) > 20
