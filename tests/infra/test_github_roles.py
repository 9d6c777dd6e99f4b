"""Who of GitHub may take which role, and what the role may do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bluegreen.infra.hook_archive import OVERRIDE
from bluegreen.infra.stack_json import StackJson
from bluegreen.infra.synth import synthesize

GITHUB = "token.actions.githubusercontent.com"
IAM_LONGEST_OWN, IAM_LONGEST_MANAGED = 10_240, 6_144
SERVICES = "[services.orders]\nroutes = ['GET /orders']\n[services.billing]\nroutes = ['GET /bills']\n"

Foundation = Callable[..., StackJson]


@pytest.fixture(scope="module")
def of(tmp_path_factory: pytest.TempPathFactory, hook_zip: Path) -> Foundation:
    """Return a function that synthesizes the foundation of `sample`, and of `production` with two services."""

    def of(more: str = "") -> StackJson:
        folder = tmp_path_factory.mktemp("settings")
        (folder / "sample.toml").write_text("")
        (folder / "production.toml").write_text(SERVICES)
        text = f'state_bucket = "acme-state"\ngithub_repository = "acme/shop"\n{more}'
        (folder / "foundation.toml").write_text(text)
        out = synthesize({OVERRIDE: str(hook_zip)}, folder, tmp_path_factory.mktemp("out"))
        return StackJson(name="foundation", document=json.loads((out / "stacks/foundation/cdk.tf.json").read_text()))

    return of


@pytest.fixture(scope="module")
def foundation(of: Foundation) -> StackJson:
    return of()


def _trust(stack: StackJson, name: str) -> dict[str, Any]:
    (role,) = [role for _, role in stack.resources("aws_iam_role") if role["name"] == f"bluegreen-{name}"]
    (statement,) = json.loads(role["assume_role_policy"])["Statement"]
    return statement


def _subjects(stack: StackJson, name: str) -> list[str]:
    return _trust(stack, name)["Condition"]["StringEquals"][f"{GITHUB}:sub"]


def _resolved(policy: str) -> dict[str, Any]:
    """Return a policy as AWS gets it, but for the account's number."""
    with_partition = re.sub(r"\$\{data\.aws_partition[^}]*\}", "aws", policy)
    return json.loads(re.sub(r"\$\{data\.aws_caller_identity[^}]*\}", "123456789012", with_partition))


def _own(stack: StackJson, name: str) -> list[dict[str, Any]]:
    (policy,) = [one for address, one in stack.resources("aws_iam_role_policy") if f"github_{name}-policy" in address]
    return _resolved(policy["policy"])["Statement"]


def _looks(stack: StackJson, environment: str) -> list[dict[str, Any]]:
    (policy,) = [p for _, p in stack.resources("aws_iam_policy") if p["name"] == f"bluegreen-look-{environment}"]
    return _resolved(policy["policy"])["Statement"]


def _on(statements: list[dict[str, Any]], action: str) -> set[str]:
    return {resource for one in statements if action in one["Action"] for resource in one["Resource"]}


def test_a_job_of_the_branch_may_take_every_role_and_no_other_repository_any(foundation: StackJson) -> None:
    branch = "repo:acme/shop:ref:refs/heads/main"
    assert _subjects(foundation, "apply-sample") == [branch]
    assert _subjects(foundation, "release-production") == [branch]
    assert _subjects(foundation, "plan") == [branch, "repo:acme/shop:pull_request"]


def test_with_environments_of_github_each_role_belongs_to_the_one_of_its_name(of: Foundation) -> None:
    stack = of('github_trust = "environment"\n')
    assert _subjects(stack, "apply-sample") == ["repo:acme/shop:environment:sample"]
    assert _subjects(stack, "release-production") == ["repo:acme/shop:environment:production"]


@pytest.mark.parametrize("name", ["plan", "apply-sample", "release-sample"])
def test_only_a_token_for_aws_is_taken_and_only_as_a_whole(foundation: StackJson, name: str) -> None:
    trust = _trust(foundation, name)
    assert trust["Action"] == "sts:AssumeRoleWithWebIdentity"
    assert list(trust["Condition"]) == ["StringEquals"]
    assert trust["Condition"]["StringEquals"][f"{GITHUB}:aud"] == "sts.amazonaws.com"
    assert not any("*" in subject for subject in _subjects(foundation, name))


def test_a_provider_that_the_account_has_is_taken(of: Foundation) -> None:
    arn = f"arn:aws:iam::123456789012:oidc-provider/{GITHUB}"
    stack = of(f'github_provider = "{arn}"\n')
    assert list(stack.resources("aws_iam_openid_connect_provider")) == []
    assert _trust(stack, "plan")["Principal"] == {"Federated": arn}


def test_a_plan_changes_nothing_but_the_lock(foundation: StackJson) -> None:
    statements = _looks(foundation, "sample")
    reading = re.compile(r"\w[\w-]*:(Describe|Get|List)\w*|apigateway:GET")
    changing = {action for one in statements for action in one["Action"] if not reading.fullmatch(action)}
    assert changing == {"s3:PutObject", "s3:DeleteObject"}
    assert {arn for verb in changing for arn in _on(statements, verb)} == {
        "arn:aws:s3:::acme-state/sample/terraform.tfstate.tflock"
    }


def test_an_apply_writes_its_own_state_and_no_other(foundation: StackJson) -> None:
    assert _on(_own(foundation, "apply-sample"), "s3:PutObject") == {"arn:aws:s3:::acme-state/sample/terraform.tfstate"}
    assert _on(_looks(foundation, "sample"), "s3:GetObject") == {
        "arn:aws:s3:::acme-state/sample/terraform.tfstate",
        "arn:aws:s3:::acme-state/sample/terraform.tfstate.tflock",
    }


def test_no_environment_s_name_lets_an_apply_change_the_bucket_with_the_states(foundation: StackJson) -> None:
    changed = _on(_own(foundation, "apply-production"), "s3:PutBucketPolicy")
    assert changed == {f"arn:aws:s3:::production-{name}-alb-logs-*" for name in ("orders", "billing")}


def test_an_apply_cannot_reach_the_roles_of_github(foundation: StackJson) -> None:
    assert _on(_own(foundation, "apply-sample"), "iam:PutRolePolicy") == {"arn:aws:iam::123456789012:role/sample-*"}
    assert {role["path"] for _, role in foundation.resources("aws_iam_role")} == {"/github/"}


def test_roles_are_passed_to_the_services_that_need_them_alone(foundation: StackJson) -> None:
    passing = [one for one in _own(foundation, "apply-sample") if "iam:PassRole" in one["Action"]]
    assert [one["Condition"]["StringEquals"]["iam:PassedToService"] for one in passing] == [
        [
            "codedeploy.amazonaws.com",
            "ecs-tasks.amazonaws.com",
            "lambda.amazonaws.com",
            "vpc-flow-logs.amazonaws.com",
        ]
    ]


def test_what_ec2_makes_and_changes_is_known_by_the_environment_s_tag(foundation: StackJson) -> None:
    of_ec2 = [one for one in _own(foundation, "apply-sample") if one["Action"][0].startswith("ec2:")]
    tags = {f"aws:{whose}/environment" for whose in ("RequestTag", "ResourceTag")}
    for statement in of_ec2:
        keys = {key for operator in statement["Condition"].values() for key in operator}
        assert keys & tags, statement
        values = [
            v for o, k in statement["Condition"].items() if o.startswith("String") for n, v in k.items() if n in tags
        ]
        assert set(values) == {"sample"}


def test_a_release_is_of_the_environment_s_services_alone(foundation: StackJson) -> None:
    statements = _own(foundation, "release-production")
    groups = _on(statements, "codedeploy:CreateDeployment")
    assert groups == {
        f"arn:aws:codedeploy:us-east-1:123456789012:deploymentgroup:production-{name}-application/"
        f"production-{name}-blue-green"
        for name in ("orders", "billing")
    }
    assert _on(statements, "ssm:GetParameter") == {
        f"arn:aws:ssm:us-east-1:123456789012:parameter/bluegreen/production/{name}/release-target"
        for name in ("orders", "billing")
    }
    assert _on(statements, "iam:PassRole") == {
        f"arn:aws:iam::123456789012:role/production-{name}-{role}"
        for name in ("orders", "billing")
        for role in ("execution", "task")
    }


def test_a_release_keeps_its_records_and_no_others(foundation: StackJson) -> None:
    statements = _own(foundation, "release-production")
    (kept,) = _on(statements, "s3:PutObject")
    assert kept.endswith("/releases/production/*")
    assert _on(statements, "s3:GetObject") == {kept}


@pytest.mark.parametrize("environment", ["sample", "production"])
def test_every_policy_is_within_what_iam_takes(foundation: StackJson, environment: str) -> None:
    def length(statements: list[dict[str, Any]]) -> int:
        return len(json.dumps({"Version": "2012-10-17", "Statement": statements}, separators=(",", ":")))

    assert length(_looks(foundation, environment)) < IAM_LONGEST_MANAGED
    for verb in ("apply", "release"):
        assert length(_own(foundation, f"{verb}-{environment}")) < IAM_LONGEST_OWN
