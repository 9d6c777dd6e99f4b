"""The rules at synthesis bite: each on a stack in which just one thing was changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bluegreen.infra.policy import PolicyError, enforce, violations
from bluegreen.infra.stack_json import StackJson

Change = Callable[[dict[str, Any]], None]


def _each(kind: str, **arguments: object) -> Change:
    def change(resources: dict[str, Any]) -> None:
        for resource in resources[kind].values():
            resource.update(arguments)

    return change


def _hook_at(port: int) -> Change:
    def change(resources: dict[str, Any]) -> None:
        (function,) = resources["aws_lambda_function"].values()
        (balancer,) = resources["aws_lb"]
        function["environment"]["variables"]["ALB_URL"] = f"http://${{aws_lb.{balancer}.dns_name}}:{port}"

    return change


def _hook_without_port(resources: dict[str, Any]) -> None:
    (function,) = resources["aws_lambda_function"].values()
    (balancer,) = resources["aws_lb"]
    function["environment"]["variables"]["ALB_URL"] = f"${{aws_lb.{balancer}.dns_name}}"


def _statement(**parts: object) -> Change:
    statement = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::bucket/*"], **parts}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    return _each("aws_iam_role_policy", policy=policy)


BREACHES: dict[str, tuple[Change, str, str]] = {
    "a public load balancer": (_each("aws_lb", internal=False), "aws_lb.", "not internal"),
    "a rule for everyone": (
        _each("aws_vpc_security_group_ingress_rule", cidr_ipv4="0.0.0.0/0"),
        "aws_vpc_security_group_ingress_rule.",
        "the whole internet",
    ),
    "a rule for everyone with IPv6": (
        _each("aws_vpc_security_group_ingress_rule", cidr_ipv6="::/0"),
        "aws_vpc_security_group_ingress_rule.",
        "the whole internet",
    ),
    "rules inside of a group": (_each("aws_security_group", ingress=[{}]), "aws_security_group.", "of its own"),
    "the hook on production": (_hook_at(80), "aws_lambda_function.", "not the test listener (port 8080)"),
    "the hook without a port": (_hook_without_port, "aws_lambda_function.", "not the test listener (port 8080)"),
    "a log group for ever": (
        _each("aws_cloudwatch_log_group", retention_in_days=0),
        "aws_cloudwatch_log_group.",
        "no retention",
    ),
    "a listener that Terraform moves": (_each("aws_lb_listener", lifecycle={}), "aws_lb_listener.", "default_action"),
    "a service that Terraform changes": (
        _each("aws_ecs_service", lifecycle={"ignore_changes": ["task_definition"]}),
        "aws_ecs_service.",
        "undo the last release",
    ),
    "every resource": (_statement(Resource=["*"]), "aws_iam_role_policy.", "s3:GetObject is allowed on every resource"),
    "every resource as a text": (_statement(Resource="*"), "aws_iam_role_policy.", "on every resource"),
    "every action": (_statement(Action="s3:*"), "aws_iam_role_policy.", "the action s3:* is a wildcard"),
    "a task set anywhere": (
        _statement(Action=["ecs:CreateTaskSet"], Resource=["*"]),
        "aws_iam_role_policy.",
        "ecs:CreateTaskSet is allowed on every resource",
    ),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_named_with_its_resource(sample: StackJson, breach: str) -> None:
    change, address, reason = BREACHES[breach]
    document = copy.deepcopy(sample.document)
    change(document["resource"])
    found = violations(StackJson(name="sample", document=document))
    assert found
    assert all(line.startswith(f"sample: {address}") and reason in line for line in found)


@pytest.mark.parametrize("name", ["sample", "rehearsal", "foundation"])
def test_our_own_stacks_break_no_rule(name: str, request: pytest.FixtureRequest) -> None:
    assert violations(request.getfixturevalue(name)) == []


def test_a_stack_that_breaks_a_rule_is_not_left_to_be_applied(sample: StackJson, tmp_path: Path) -> None:
    document = copy.deepcopy(sample.document)
    _each("aws_lb", internal=False)(document["resource"])
    file = tmp_path / "stacks/sample/cdk.tf.json"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(document))
    with pytest.raises(PolicyError, match=r"sample: aws_lb\..*not internal"):
        enforce(tmp_path)
    assert not file.exists()
