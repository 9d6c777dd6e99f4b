"""What is made of plans that Terraform itself has written, with the real provider against the loopback."""

from __future__ import annotations

import pytest

from bluegreen.review import guard
from bluegreen.review.difference import differences
from bluegreen.review.markdown import markdown
from bluegreen.review.plan import Kind, Plan
from bluegreen.review.summary import Review
from tests.loopback.program import Program
from tests.review.small import QUICKLY, SECRET, Small

pytestmark = pytest.mark.slow

RANGE = "aws_vpc_security_group_ingress_rule.from-range"
POLICY = "aws_iam_role_policy.hook"


@pytest.fixture(scope="module")
def small(environ: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Small:
    """The configuration, applied."""
    small = Small(tmp_path_factory.mktemp("small"), environ)
    created, _ = small.plan()
    assert {change.kind for change in created.changes} == {Kind.ADDED}
    assert guard.inspect(created) == ()
    small.apply()
    return small


def broken(plan: Plan) -> list[tuple[str, str]]:
    return [(finding.rule, finding.address) for finding in guard.inspect(plan)]


def test_right_after_an_apply_the_plan_is_clean(small: Small) -> None:
    plan, _ = small.plan()
    assert plan.is_clean
    assert len(plan.resources) == 8


def test_a_wider_rule_and_a_wider_policy_are_found(small: Small) -> None:
    plan, _ = small.plan(QUICKLY, cidr="10.0.0.0/16", actions=("s3:*",))
    assert broken(plan) == [("security-group", RANGE), ("iam", POLICY)]
    assert [finding.what for finding in guard.inspect(plan)] == [
        "the security group (aws_security_group.tasks) lets more through: tcp 443 from 10.0.0.0/16",
        "allows s3:* on arn:aws:s3:::bucket/*",
    ]


def test_a_narrower_rule_and_a_narrower_policy_pass(small: Small) -> None:
    plan, _ = small.plan(QUICKLY, cidr="10.0.0.0/28", actions=("s3:GetObject", "S3:getobject"))
    assert {change.address for change in plan.changes} == {RANGE, POLICY}
    assert broken(plan) == []


def test_a_source_group_that_is_replaced_is_no_new_source(small: Small) -> None:
    plan, _ = small.plan(QUICKLY, source="renamed")
    kinds = {change.address: change.kind for change in plan.changes}
    assert kinds["aws_security_group.hook"] is Kind.REPLACED
    assert "aws_vpc_security_group_ingress_rule.from-group" in kinds
    assert broken(plan) == []


def test_a_group_that_is_replaced_must_not_admit_more_on_the_way(small: Small) -> None:
    plan, _ = small.plan(QUICKLY, group="renamed", cidr="0.0.0.0/0")
    assert {change.kind for change in plan.of_types("aws_vpc_security_group_ingress_rule")} == {Kind.REPLACED}
    assert broken(plan) == [("security-group", RANGE)]


def test_a_secret_is_in_terraforms_json_and_in_nothing_that_is_made_of_it(small: Small) -> None:
    plan, content = small.plan(QUICKLY, secret="correct horse")
    assert SECRET.encode() in content
    told = markdown(Review(title="small", plan=plan, findings=guard.inspect(plan)))
    assert "`value`: `(sensitive value)` → `(sensitive value)`" in told
    assert SECRET not in told
    assert "correct horse" not in told


def test_a_change_by_hand_is_told_as_one(small: Small, program: Program) -> None:
    ssm = program.client("ssm")
    ssm.put_parameter(Name="/a/secret", Value="by hand", Type="SecureString", Overwrite=True)
    plan, _ = small.plan()
    ssm.put_parameter(Name="/a/secret", Value=SECRET, Type="SecureString", Overwrite=True)
    (change,) = plan.changes
    assert "value" in change.drifted
    assert [one.path for one in differences(plan, change)] == ["value"]
