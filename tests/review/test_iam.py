"""What counts as an IAM policy that grants more."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.review.plans import CREATE, DELETE, KEEP, REPLACE, UPDATE, findings, resource, rules_broken, updated

ROLE, POLICY = "aws_iam_role.hook", "aws_iam_role_policy.hook"
TRUST = "codedeploy.amazonaws.com"
HOOK = {"id": "hook", "name": "hook", "arn": "arn:aws:iam::123456789012:role/hook"}
HERE = resource(ROLE, KEEP, HOOK, HOOK)
BUCKET = "arn:aws:s3:::bucket"


def statement(**more: Any) -> dict[str, Any]:
    """Return an allowing statement that reads one bucket."""
    return {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": [f"{BUCKET}/*"], **more}


def policy(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def changed(before: str, after: str, address: str = POLICY, attribute: str = "policy") -> list[str]:
    """Return the rules that a policy's change breaks; the role is there already."""
    return rules_broken(HERE, updated(address, {attribute: before, "role": "hook"}, **{attribute: after}))


MORE = {
    "another action": statement(Action=["s3:GetObject", "s3:PutObject"]),
    "every action": statement(Action="s3:*"),
    "another resource": statement(Resource=[f"{BUCKET}/*", "arn:aws:s3:::other/*"]),
    "every resource": statement(Resource="*"),
    "all actions but": {"Effect": "Allow", "NotAction": "iam:*", "Resource": f"{BUCKET}/*"},
    "all resources but": {"Effect": "Allow", "Action": "s3:GetObject", "NotResource": "arn:aws:s3:::secret/*"},
}


@pytest.mark.parametrize("after", MORE.values(), ids=MORE)
def test_a_policy_that_grants_more_is_found(after: dict[str, Any]) -> None:
    assert changed(policy(statement()), policy(after)) == ["iam"]
    assert changed(policy(statement()), policy(statement(), after)) == ["iam"]


LESS = {
    "a narrower resource": statement(Resource=f"{BUCKET}/public/*"),
    "a spelling": statement(Action="S3:getobject"),
    "a condition": statement(Condition={"Bool": {"aws:SecureTransport": "true"}}),
    "a name": statement(Sid="Reads"),
    "a denial": {"Effect": "Deny", "Action": "*", "Resource": "*"},
}


@pytest.mark.parametrize("after", LESS.values(), ids=LESS)
def test_a_policy_that_grants_less_or_the_same_passes(after: dict[str, Any]) -> None:
    assert changed(policy(statement()), policy(after)) == []


def test_a_statement_covered_by_a_wildcard_passes() -> None:
    wide = statement(Action="s3:Get*", Resource="*")
    assert changed(policy(wide), policy(statement(), statement(Action="s3:GetBucketTagging"))) == []


def test_statements_may_be_parted_and_joined() -> None:
    both = statement(Action=["s3:GetObject", "s3:PutObject"])
    parted = (statement(Action="s3:PutObject"), statement())
    assert changed(policy(both), policy(*parted)) == []
    assert changed(policy(*parted), policy(both)) == []
    # Joined, each action would hold for each resource.
    crossed = (statement(), statement(Action="s3:PutObject", Resource="arn:aws:s3:::other/*"))
    joined = statement(Action=["s3:GetObject", "s3:PutObject"], Resource=[f"{BUCKET}/*", "arn:aws:s3:::other/*"])
    assert changed(policy(*crossed), policy(joined)) == ["iam"]


def test_what_is_granted_is_said_in_words_and_not_without_end() -> None:
    many = statement(Action=[f"s3:Action{n}" for n in range(9)])
    (finding,) = findings(HERE, updated(POLICY, {"policy": policy(statement()), "role": "hook"}, policy=policy(many)))
    assert finding.what.startswith(f"allows s3:action0 on {BUCKET}/*; allows s3:action1 on {BUCKET}/*; ")
    assert finding.what.endswith("; and 5 more")


CONDITION = {"StringEquals": {"aws:SourceAccount": ["1", "2"]}, "ArnLike": {"aws:SourceArn": "arn:aws:x:*:1:y/*"}}
WIDER_CONDITIONS = {
    "none": {},
    "one less": {"StringEquals": {"aws:SourceAccount": ["1", "2"]}},
    "another value": {**CONDITION, "StringEquals": {"aws:SourceAccount": ["1", "2", "3"]}},
    "a wider pattern": {**CONDITION, "ArnLike": {"aws:SourceArn": "arn:aws:x:*"}},
    "if it is there at all": {**CONDITION, "StringEquals": {}, "StringEqualsIfExists": {"aws:SourceAccount": "1"}},
}
NARROWER_CONDITIONS = {
    "the same, spelled otherwise": {**CONDITION, "StringEquals": {"AWS:sourceaccount": ["2", "1"]}},
    "one more": {**CONDITION, "Bool": {"aws:SecureTransport": "true"}},
    "a value less": {**CONDITION, "StringEquals": {"aws:SourceAccount": "1"}},
    "a narrower pattern": {**CONDITION, "ArnLike": {"aws:SourceArn": "arn:aws:x:eu:1:y/z"}},
    "a value for a pattern": {**CONDITION, "ArnLike": {}, "ArnEquals": {"aws:SourceArn": "arn:aws:x:eu:1:y/z"}},
}


@pytest.mark.parametrize("after", WIDER_CONDITIONS.values(), ids=WIDER_CONDITIONS)
def test_a_condition_that_is_dropped_or_loosened_is_found(after: dict[str, Any]) -> None:
    assert changed(policy(statement(Condition=CONDITION)), policy(statement(Condition=after))) == ["iam"]


@pytest.mark.parametrize("after", NARROWER_CONDITIONS.values(), ids=NARROWER_CONDITIONS)
def test_a_condition_that_is_tightened_passes(after: dict[str, Any]) -> None:
    assert changed(policy(statement(Condition=CONDITION)), policy(statement(Condition=after))) == []


def test_exclusions_work_the_other_way_round() -> None:
    few, many = ({"StringNotLike": {"s3:prefix": out}} for out in (["a/*"], ["a/*", "b/*"]))
    assert changed(policy(statement(Condition=few)), policy(statement(Condition=many))) == []
    assert changed(policy(statement(Condition=many)), policy(statement(Condition=few))) == ["iam"]
    near, far = ({"IpAddress": {"aws:SourceIp": ip}} for ip in ("10.1.0.0/16", "10.0.0.0/8"))
    assert changed(policy(statement(Condition=far)), policy(statement(Condition=near))) == []
    assert changed(policy(statement(Condition=near)), policy(statement(Condition=far))) == ["iam"]


DENY = {"Effect": "Deny", "Action": ["s3:Put*", "s3:Delete*"], "Resource": "*"}


def test_a_denial_that_shrinks_is_found_and_one_that_grows_passes() -> None:
    whole = policy(statement(), DENY)
    assert changed(whole, policy(statement(), {**DENY, "Action": "s3:Put*"})) == ["iam"]
    assert changed(whole, policy(statement())) == ["iam"]
    assert changed(whole, policy(statement(), {**DENY, "Action": "s3:*"})) == []
    assert rules_broken(HERE, resource(POLICY, DELETE, {"policy": whole, "role": "hook"})) == ["iam"]
    assert rules_broken(HERE, resource(POLICY, DELETE, {"policy": policy(statement()), "role": "hook"})) == []


def trust(principal: Any, **more: Any) -> str:
    return policy({"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal, **more})


OIDC = {"Federated": "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com"}


@pytest.mark.parametrize(
    ("before", "after", "is_wider"),
    [
        (trust({"Service": TRUST}), trust({"Service": [TRUST, "lambda.amazonaws.com"]}), True),
        (trust({"Service": TRUST}), trust("*"), True),
        (trust({"Service": TRUST}), trust({"AWS": "*"}), True),
        (trust({"AWS": "arn:aws:iam::123456789012:role/a"}), trust({"AWS": "123456789012"}), True),
        (trust({"AWS": "123456789012"}), trust({"AWS": "arn:aws:iam::123456789012:role/a"}), False),
        (trust({"AWS": "123456789012"}), trust({"AWS": "arn:aws:iam::123456789012:root"}), False),
        (trust({"Service": [TRUST, "lambda.amazonaws.com"]}), trust({"Service": TRUST}), False),
        (
            trust(OIDC, Condition={"StringEquals": {"token:sub": "repo:acme/shop:ref:refs/heads/main"}}),
            trust(OIDC, Condition={"StringLike": {"token:sub": "repo:acme/shop:*"}}),
            True,
        ),
        (
            trust(OIDC, Condition={"StringLike": {"token:sub": "repo:acme/shop:*"}}),
            trust(OIDC, Condition={"StringEquals": {"token:sub": "repo:acme/shop:ref:refs/heads/main"}}),
            False,
        ),
    ],
)
def test_a_role_that_trusts_more_is_found(before: str, after: str, is_wider: bool) -> None:
    role = updated(ROLE, {**HOOK, "assume_role_policy": before}, assume_role_policy=after)
    assert rules_broken(role) == (["iam"] if is_wider else [])


def new_policy(**unknown: bool) -> dict[str, Any]:
    values = {"name": "own", "role": "hook", "policy": policy(statement())}
    return resource(POLICY, CREATE, None, {k: v for k, v in values.items() if k not in unknown}, after_unknown=unknown)


def test_a_new_policy_of_a_role_that_is_there_is_found() -> None:
    assert rules_broken(HERE, new_policy()) == ["iam"]
    assert rules_broken(HERE, new_policy(policy=True)) == ["iam"]


def test_a_new_policy_of_a_new_role_passes_even_if_nobody_can_read_it_yet() -> None:
    new_role = resource(ROLE, CREATE, None, {"name": "hook"})
    assert rules_broken(new_role, new_policy()) == []
    assert rules_broken(new_role, new_policy(policy=True)) == []
    assert rules_broken(new_role, new_policy(role=True, policy=True), references={POLICY: {"role": f"{ROLE}.id"}}) == []


def test_a_policy_may_move_to_another_address_of_the_same_role() -> None:
    gone = resource("aws_iam_role_policy.old", DELETE, {"role": "hook", "policy": policy(statement())})
    assert rules_broken(HERE, gone, new_policy()) == []


def test_a_policy_of_a_role_that_is_replaced_is_compared_with_what_it_granted() -> None:
    role = resource(ROLE, REPLACE, HOOK, {})
    references = {POLICY: {"role": f"{ROLE}.id"}}
    before = {"role": "hook", "policy": policy(statement())}
    for after, broken in ((before["policy"], []), (policy(statement(Action="s3:*")), ["iam"])):
        entry = resource(POLICY, REPLACE, before, {"policy": after}, after_unknown={"role": True})
        assert rules_broken(role, entry, references=references) == broken


def test_a_policy_that_is_known_only_after_the_apply_is_found() -> None:
    entry = resource(
        POLICY, UPDATE, {"role": "hook", "policy": policy()}, {"role": "hook"}, after_unknown={"policy": True}
    )
    (finding,) = findings(HERE, entry)
    assert "known only after the apply" in finding.what


@pytest.mark.parametrize("broken", ["{", '{"Statement": [{"Effect": "Perhaps", "Action": "*"}]}', '"x"'])
def test_a_policy_that_cannot_be_read_is_found(broken: str) -> None:
    assert changed(policy(statement()), broken) == ["iam"]


def test_a_sensitive_policy_is_found_and_not_told() -> None:
    before = {"role": "hook", "policy": policy(statement())}
    after = {"role": "hook", "policy": policy(statement(Action="s3:Secret"))}
    (finding,) = findings(HERE, resource(POLICY, UPDATE, before, after, after_sensitive={"policy": True}))
    assert "ecret" not in finding.what


def test_a_change_of_nothing_but_a_tag_passes_whatever_the_policy_is() -> None:
    assert rules_broken(updated("aws_iam_policy.p", {"policy": "{", "tags": {}}, tags={"a": "b"})) == []


@pytest.mark.parametrize(
    ("address", "attribute"),
    [
        ("aws_iam_policy.p", "policy"),
        ("aws_iam_user_policy.p", "policy"),
        ("aws_s3_bucket_policy.p", "policy"),
        ("aws_ecr_repository_policy.p", "policy"),
        ("aws_sns_topic_policy.p", "policy"),
        ("aws_sqs_queue_policy.p", "policy"),
        ("aws_kms_key.p", "policy"),
        ("aws_secretsmanager_secret_policy.p", "policy"),
        ("aws_vpc_endpoint.p", "policy"),
    ],
)
def test_every_kind_of_policy_is_read(address: str, attribute: str) -> None:
    assert changed(policy(statement()), policy(statement(Action="*")), address, attribute) == ["iam"]
    assert changed(policy(statement()), policy(statement(Sid="a")), address, attribute) == []


PERMISSION = {
    "action": "lambda:InvokeFunction",
    "function_name": "hook",
    "principal": "s3.amazonaws.com",
    "source_arn": "arn:aws:s3:::bucket",
    "source_account": None,
    "principal_org_id": None,
}


def test_who_may_call_a_function_is_a_policy_too() -> None:
    function = resource("aws_lambda_function.hook", KEEP, {"function_name": "hook"}, {"function_name": "hook"})
    address = "aws_lambda_permission.p"
    assert rules_broken(function, resource(address, CREATE, None, PERMISSION)) == ["iam"]
    assert rules_broken(function, resource(address, REPLACE, PERMISSION, {**PERMISSION, "source_arn": None})) == ["iam"]
    assert rules_broken(function, resource(address, REPLACE, PERMISSION, {**PERMISSION, "source_account": "1"})) == []
    new = resource("aws_lambda_function.hook", CREATE, None, {"function_name": "hook"})
    assert rules_broken(new, resource(address, CREATE, None, PERMISSION)) == []


ATTACHED = {"role": "hook", "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}
ADMIN = {**ATTACHED, "policy_arn": "arn:aws:iam::aws:policy/AdministratorAccess"}


def test_a_managed_policy_attached_to_a_role_that_is_there_is_found() -> None:
    address = "aws_iam_role_policy_attachment.a"
    assert rules_broken(HERE, resource(address, CREATE, None, ADMIN)) == ["iam"]
    assert rules_broken(HERE, resource(address, REPLACE, ATTACHED, ADMIN)) == ["iam"]
    new_role = resource(ROLE, CREATE, None, {"name": "hook"})
    assert rules_broken(new_role, resource(address, CREATE, None, ADMIN)) == []
    renamed = resource("aws_iam_role_policy_attachment.b", CREATE, None, ATTACHED)
    assert rules_broken(HERE, resource(address, DELETE, ATTACHED), renamed) == []


def test_a_policy_attached_to_many_is_found_when_they_become_more() -> None:
    before = {"policy_arn": "arn:p", "roles": ["a"], "users": None, "groups": None}
    assert rules_broken(updated("aws_iam_policy_attachment.m", before, roles=["a", "b"])) == ["iam"]
    assert rules_broken(updated("aws_iam_policy_attachment.m", before, roles=[])) == []


def test_a_role_with_more_policies_or_without_its_boundary_is_found() -> None:
    held = {**HOOK, "managed_policy_arns": ["arn:a"], "permissions_boundary": "arn:b", "assume_role_policy": policy()}
    assert rules_broken(updated(ROLE, held, managed_policy_arns=["arn:a", "arn:c"])) == ["iam"]
    assert rules_broken(updated(ROLE, held, managed_policy_arns=[])) == []
    assert rules_broken(updated(ROLE, held, permissions_boundary=None)) == ["iam"]
    inline = [{"name": "own", "policy": policy(statement())}]
    assert rules_broken(updated(ROLE, held, inline_policy=inline)) == ["iam"]
    assert rules_broken(updated(ROLE, {**held, "inline_policy": inline}, inline_policy=[])) == []
