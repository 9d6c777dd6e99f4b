"""Each role is granted what AWS has, in the way that AWS asks for it: the loopback may not know better."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bluegreen.infra.stack_json import StackJson
from tests.infra import whole_account

from .authorization import knows, means
from .granted import POLICIES, granted

GROUP = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/rehearsal-*/*"
LOGS = "arn:aws:s3:::rehearsal-logs"


@pytest.fixture(scope="module")
def stacks(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, StackJson]:
    folder = tmp_path_factory.mktemp("account")
    return whole_account.read(whole_account.write_stacks(folder, whole_account.write_archive(folder)))


@pytest.mark.parametrize("role", POLICIES)
def test_no_action_is_granted_on_resources_that_it_is_never_about(stacks: Mapping[str, StackJson], role: str) -> None:
    assert [
        f"{action} on {statement.resources}"
        for statement in granted(stacks, role)
        for action in statement.actions
        if not any(means(action, resource) for resource in statement.resources)
    ] == []


@pytest.mark.parametrize("role", POLICIES)
def test_no_grant_hangs_on_a_condition_that_aws_never_looks_at(stacks: Mapping[str, StackJson], role: str) -> None:
    assert [
        f"{action} where {key}"
        for statement in granted(stacks, role)
        for key in {key for keys in statement.conditions.values() for key in keys}
        for action in statement.actions
        if not knows(action, key)
    ] == []


def test_a_condition_is_known_for_the_action_or_for_what_it_is_about() -> None:
    assert knows("ecs:ListTasks", "ecs:cluster")
    assert knows("ec2:DeleteVpc", "aws:ResourceTag/environment")
    assert not knows("ecs:RegisterTaskDefinition", "ecs:cluster")


@pytest.mark.parametrize(
    ("action", "resource", "told"),
    [
        ("elasticloadbalancing:ModifyTargetGroup", GROUP, True),
        ("elasticloadbalancing:CreateListener", GROUP, False),
        ("elasticloadbalancing:DescribeTargetGroups", GROUP, False),
        ("elasticloadbalancing:DescribeTargetGroups", "*", True),
        ("elasticloadbalancing:ModifyTargetGroup", "*", True),
        ("ecs:RegisterTaskDefinition", "arn:aws:ecs:us-east-1:123456789012:task-definition/rehearsal:*", False),
        ("s3:ListBucket", LOGS, True),
        ("s3:ListBucket", f"{LOGS}/states/*", False),
        ("s3:GetObject", f"{LOGS}/states/*", True),
        ("s3:GetObject", LOGS, False),
        ("logs:CreateLogGroup", "arn:aws:logs:us-east-1:123456789012:log-group:/ecs/rehearsal", True),
    ],
)
def test_a_pair_means_what_the_reference_says(action: str, resource: str, told: bool) -> None:
    assert means(action, resource) is told


def test_an_action_that_aws_has_not_is_named() -> None:
    with pytest.raises(LookupError, match=r"ecs:RegisterTask$"):
        means("ecs:RegisterTask", "*")
