"""Two environments live side by side in one account."""

from __future__ import annotations

import pytest

from bluegreen.infra.stack_json import StackJson

NAMES = ("name", "function_name", "family", "deployment_group_name")
# Unique in their VPC, cluster, role or application, each of which is the environment's own, or no name of a resource.
NESTED = {"aws_iam_role_policy", "aws_apigatewayv2_stage", "aws_codedeploy_deployment_group"}


def _names(stack: StackJson) -> set[tuple[str, str]]:
    kinds = set(stack.document["resource"]) - NESTED
    return {(kind, r[key]) for kind in kinds for _, r in stack.resources(kind) for key in NAMES if key in r}


def test_no_name_clashes(sample: StackJson, rehearsal: StackJson) -> None:
    assert len(_names(sample)) > 20
    assert _names(sample) & _names(rehearsal) == set()


def test_every_name_begins_with_the_environment_s(rehearsal: StackJson) -> None:
    assert [name for _, name in _names(rehearsal) if "rehearsal" not in name] == []


@pytest.mark.parametrize("name", ["foundation", "sample", "rehearsal"])
def test_everything_carries_tags(name: str, request: pytest.FixtureRequest) -> None:
    (provider,) = request.getfixturevalue(name).document["provider"]["aws"]
    (tags,) = provider["default_tags"]
    assert tags["tags"] == {"project": "bluegreen", "environment": name, "managed-by": "cdktf"}


@pytest.mark.parametrize("name", ["foundation", "sample", "rehearsal"])
def test_endpoints_and_credentials_come_from_terraform_s_environment(name: str, request: pytest.FixtureRequest) -> None:
    (provider,) = request.getfixturevalue(name).document["provider"]["aws"]
    assert set(provider) - {"allowed_account_ids"} == {"region", "default_tags"}


def test_the_outputs_say_where_the_api_and_the_release_target_are(sample: StackJson) -> None:
    assert set(sample.document["output"]) == {"api_url", "release_target_parameter"}
