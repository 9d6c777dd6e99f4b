"""What IAM decides, statement by statement."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bluegreen.loopback.iam.evaluation import Policies, evaluate, trusts
from bluegreen.loopback.iam.statement import Request, Statement, statements

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:CodeDeployHook_check"
LISTENER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/b/1/2"
ALLOW: dict[str, Any] = {"Effect": "Allow", "Action": "lambda:InvokeFunction", "Resource": FUNCTION}


def _read(*given: dict[str, Any]) -> tuple[Statement, ...]:
    return statements("p", json.dumps({"Version": "2012-10-17", "Statement": list(given)}))


def _allowed(given: dict[str, Any], action: str = "lambda:InvokeFunction", resource: str | None = FUNCTION) -> bool:
    return evaluate(Policies(identity=_read(given)), Request(action=action, resource=resource)).allowed


@pytest.mark.parametrize(
    ("pattern", "action", "allowed"),
    [
        ("lambda:InvokeFunction", "lambda:InvokeFunction", True),
        ("LAMBDA:invokefunction", "lambda:InvokeFunction", True),
        ("lambda:Invoke*", "lambda:InvokeFunction", True),
        ("lambda:*", "lambda:InvokeFunction", True),
        ("*", "lambda:InvokeFunction", True),
        ("lambda:InvokeFunctio?", "lambda:InvokeFunction", True),
        ("lambda:InvokeFunction?", "lambda:InvokeFunction", False),
        ("lambda:Invoke", "lambda:InvokeFunction", False),
        ("lambda.InvokeFunction", "lambda:InvokeFunction", False),
        ("lambd[a]:*", "lambda:InvokeFunction", False),
        ("ecs:*", "lambda:InvokeFunction", False),
    ],
)
def test_an_action_is_matched_with_wildcards_and_without_case(pattern: str, action: str, allowed: bool) -> None:
    assert _allowed({**ALLOW, "Action": ["sns:Publish", pattern]}, action) is allowed


@pytest.mark.parametrize(
    ("pattern", "allowed"),
    [
        (FUNCTION, True),
        ("*", True),
        ("arn:aws:lambda:*:*:function:CodeDeployHook_*", True),
        ("arn:aws:lambda:us-east-?:123456789012:function:*", True),
        ("arn:aws:lambda:us-east-1:123456789012:function:codedeployhook_check", False),
        ("arn:aws:lambda:us-east-1:*:CodeDeployHook_check", False),
        ("arn:aws:lambda:us-east-1:123456789012:function:CodeDeployHook", False),
        ("arn:aws:lambda:us-east-1:123456789012:function:CodeDeployHook_check:*", False),
    ],
)
def test_a_resource_is_matched_part_by_part(pattern: str, allowed: bool) -> None:
    assert _allowed({**ALLOW, "Resource": pattern}) is allowed


def test_a_statement_may_name_what_it_is_not_about() -> None:
    but_lambda = {"Effect": "Allow", "NotAction": "lambda:*", "Resource": "*"}
    assert not _allowed(but_lambda)
    assert _allowed(but_lambda, "ecs:CreateTaskSet")
    but_function = {"Effect": "Allow", "Action": "*", "NotResource": [FUNCTION]}
    assert not _allowed(but_function)
    assert _allowed(but_function, "elasticloadbalancing:ModifyListener", LISTENER)


def test_a_document_with_one_statement_needs_no_list() -> None:
    (statement,) = statements("p", json.dumps({"Statement": {**ALLOW, "Sid": "Hook"}}))
    decision = evaluate(Policies(identity=(statement,)), Request(action="lambda:InvokeFunction", resource=FUNCTION))
    assert decision.allowed
    assert decision.statement
    assert (decision.statement.policy, decision.statement.sid) == ("p", "Hook")


def test_an_explicit_deny_wins_wherever_it_stands() -> None:
    request = Request(action="lambda:InvokeFunction", resource=FUNCTION)
    deny = {**ALLOW, "Effect": "Deny", "Sid": "Never"}
    for order in ((ALLOW, deny), (deny, ALLOW)):
        decision = evaluate(Policies(identity=_read(*order)), request)
        assert not decision.allowed
        assert decision.statement
        assert decision.statement.sid == "Never"
        assert decision.reason == "with an explicit deny in an identity-based policy"
    decision = evaluate(Policies(identity=_read(ALLOW), boundary=_read(ALLOW, deny)), request)
    assert decision.reason == "with an explicit deny in a permissions boundary"


def test_without_an_allow_it_is_an_implicit_deny() -> None:
    decision = evaluate(Policies(), Request(action="ecs:CreateTaskSet", resource="*"))
    assert not decision.allowed
    assert decision.statement is None
    assert decision.reason == "because no identity-based policy allows the ecs:CreateTaskSet action"


def test_a_boundary_allows_nothing_by_itself_and_narrows_what_is_allowed() -> None:
    request = Request(action="lambda:InvokeFunction", resource=FUNCTION)
    other = _read({**ALLOW, "Action": "ecs:*"})
    assert evaluate(Policies(identity=_read(ALLOW), boundary=_read(ALLOW)), request).allowed
    assert not evaluate(Policies(identity=(), boundary=_read(ALLOW)), request).allowed
    narrowed = evaluate(Policies(identity=_read(ALLOW), boundary=other), request)
    assert narrowed.reason == "because no permissions boundary allows the lambda:InvokeFunction action"
    narrowed = evaluate(Policies(identity=_read(ALLOW), session=other), request)
    assert narrowed.reason == "because no session policy allows the lambda:InvokeFunction action"


def test_where_the_resource_is_not_known_the_action_decides() -> None:
    assert _allowed(ALLOW, resource=None)
    assert not _allowed({**ALLOW, "Action": "ecs:*"}, resource=None)
    unknown = Request(action="lambda:InvokeFunction", resource=None)
    deny = {**ALLOW, "Effect": "Deny"}
    assert evaluate(Policies(identity=_read(ALLOW, deny)), unknown).allowed
    assert not evaluate(Policies(identity=_read(ALLOW, {**deny, "Resource": "*"})), unknown).allowed


@pytest.mark.parametrize(
    ("principal", "trusted"),
    [
        ({"Service": "codedeploy.amazonaws.com"}, True),
        ({"Service": ["ec2.amazonaws.com", "codedeploy.amazonaws.com"]}, True),
        ({"Service": "lambda.amazonaws.com"}, False),
        ({"AWS": "arn:aws:iam::123456789012:root"}, False),
        ("*", True),
    ],
)
def test_a_trust_policy_names_who_may_take_the_role(principal: Any, trusted: bool) -> None:
    trust = _read({"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"})
    assert trusts(trust, "codedeploy.amazonaws.com", Request(action="sts:AssumeRole", resource=None)) is trusted


def test_a_trust_policy_for_another_action_or_with_a_deny_trusts_nobody() -> None:
    request = Request(action="sts:AssumeRole", resource=None)
    allow = {"Effect": "Allow", "Principal": {"Service": "codedeploy.amazonaws.com"}, "Action": "sts:AssumeRole"}
    assert not trusts(_read({**allow, "Action": "sts:TagSession"}), "codedeploy.amazonaws.com", request)
    assert not trusts(_read(allow, {**allow, "Effect": "Deny"}), "codedeploy.amazonaws.com", request)
    foreign = {**allow, "Condition": {"StringEquals": {"aws:SourceAccount": "210987654321"}}}
    assert not trusts(_read(foreign), "codedeploy.amazonaws.com", request)
    assert not trusts((), "codedeploy.amazonaws.com", request)
