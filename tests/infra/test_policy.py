"""The rules at synthesis bite: each on a stack in which just one thing was changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bluegreen.infra import owned_by_releases
from bluegreen.infra.policy import RULES, PolicyError, enforce, violations
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
    added = {"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::bucket/*"], **parts}

    def change(resources: dict[str, Any]) -> None:
        for resource in resources["aws_iam_role_policy"].values():
            policy = json.loads(resource["policy"])
            resource["policy"] = json.dumps({**policy, "Statement": [*policy["Statement"], added]})

    return change


def _another_function(resources: dict[str, Any]) -> None:
    (function,) = resources["aws_lambda_function"]
    for resource in resources["aws_iam_role_policy"].values():
        own = f"${{aws_lambda_function.{function}.arn}}"
        resource["policy"] = resource["policy"].replace(own, "arn:aws:lambda:us-east-1:1:function:other")


def _scope(resource: str) -> Change:
    return _statement(Resource=[resource], Action=["s3:GetObject"])


def _ingress(**arguments: str) -> Change:
    return _each("aws_vpc_security_group_ingress_rule", **arguments)


def _renamed_hook_at(port: int) -> Change:
    def change(resources: dict[str, Any]) -> None:
        _hook_at(port)(resources)
        _each("aws_lambda_function", function_name="route-check")(resources)

    return change


def _scaled(resources: dict[str, Any]) -> None:
    (service,) = resources["aws_ecs_service"]
    target = {"resource_id": f"service/sample-cluster/${{aws_ecs_service.{service}.name}}"}
    resources["aws_appautoscaling_target"] = {"target": target}


def _made_elsewhere(resources: dict[str, Any]) -> None:
    made = {"role": "one", "policy": "${data.aws_iam_policy_document.own.json}"}
    resources["aws_iam_role_policy"] = {**resources["aws_iam_role_policy"], "another": made}


def _attached(resources: dict[str, Any]) -> None:
    managed = "arn:aws:iam::aws:policy/AWSCodeDeployRoleForECS"
    resources["aws_iam_role_policy_attachment"] = {"all": {"role": "codedeploy", "policy_arn": managed}}


INGRESS, POLICY = "aws_vpc_security_group_ingress_rule.", "aws_iam_role_policy."

BREACHES: dict[str, tuple[Change, str, str]] = {
    "a public load balancer": (_each("aws_lb", internal=False), "aws_lb.", "not internal"),
    "a rule for everyone": (_ingress(cidr_ipv4="0.0.0.0/0"), INGRESS, "lets in 0.0.0.0/0, which is not within"),
    "a rule for half of everyone": (_ingress(cidr_ipv4="0.0.0.0/1"), INGRESS, "lets in 0.0.0.0/1"),
    "a rule for more than the VPC": (_ingress(cidr_ipv4="10.0.0.0/15"), INGRESS, "lets in 10.0.0.0/15"),
    "a rule for everyone with IPv6": (_ingress(cidr_ipv6="::/0"), INGRESS, "lets in ::/0"),
    "a rule for a list of ranges": (_ingress(prefix_list_id="pl-1"), INGRESS, "lets in pl-1"),
    "rules inside of a group": (_each("aws_security_group", ingress=[{}]), "aws_security_group.", "of its own"),
    "the hook on production": (_hook_at(80), "aws_lambda_function.", "not the test listener (port 8080)"),
    "the hook without a port": (_hook_without_port, "aws_lambda_function.", "not the test listener (port 8080)"),
    "a hook of another name on production": (_renamed_hook_at(80), "aws_lambda_function.", "not the test listener"),
    "no hook": (
        _another_function,
        "aws_codedeploy_deployment_group.",
        "may invoke no function of this stack",
    ),
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
    "a count that nobody owns": (
        _each("aws_ecs_service", lifecycle={"ignore_changes": [*owned_by_releases.SCALED_SERVICE]}),
        "aws_ecs_service.",
        "nothing scales the service",
    ),
    "a count that auto scaling and Terraform both own": (
        _scaled,
        "aws_ecs_service.",
        "undo what auto scaling did",
    ),
    "every resource": (_statement(Resource=["*"]), "aws_iam_role_policy.", "s3:GetObject is allowed on every resource"),
    "every resource as a text": (_statement(Resource="*"), "aws_iam_role_policy.", "on every resource"),
    "every function": (_scope("arn:aws:lambda:us-east-1:1:function:*"), POLICY, "every arn:aws:lambda"),
    "every bucket": (_scope("arn:aws:s3:::*"), POLICY, "s3:GetObject is allowed on every arn:aws:s3:::*"),
    "every role": (_scope("arn:aws:iam::1:role/*"), POLICY, "every arn:aws:iam"),
    "every role of a referred account": (_scope("arn:aws:iam::${data.a.b.id}:role/*"), POLICY, "role/*"),
    "every service": (_scope("arn:aws:*:us-east-1:1:thing/name"), POLICY, "every arn:aws:*"),
    "half an ARN": (_scope("arn:aws:*"), POLICY, "every arn:aws:*"),
    "a policy inside of a role": (_each("aws_iam_role", inline_policy=[{}]), "aws_iam_role.", "of its own"),
    "managed policies of a role": (
        _each("aws_iam_role", managed_policy_arns=["arn:aws:iam::aws:policy/AdministratorAccess"]),
        "aws_iam_role.",
        "managed_policy_arns is not checked",
    ),
    "every action": (_statement(Action="s3:*"), "aws_iam_role_policy.", "the action s3:* is a wildcard"),
    "a policy that is made elsewhere": (_made_elsewhere, POLICY, "cannot be checked"),
    "a managed policy attached": (_attached, "aws_iam_role_policy_attachment.", "wider than what is needed"),
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


def _found_by(sample: StackJson, change: Change) -> list[str]:
    """Return the names of the rules that find something in the sample once it is changed."""
    document = copy.deepcopy(sample.document)
    change(document["resource"])
    changed = StackJson(name="sample", document=document)
    return [rule.__name__ for rule in RULES if list(rule(changed))]


@pytest.mark.parametrize("rule", [rule.__name__ for rule in RULES])
def test_a_rule_finds_nothing_in_the_sample_and_bites_when_the_sample_is_changed(sample: StackJson, rule: str) -> None:
    assert rule not in _found_by(sample, lambda _: None)
    assert [breach for breach, (change, _, _) in BREACHES.items() if _found_by(sample, change) == [rule]]


@pytest.mark.parametrize(("port", "found"), [(80, []), (8080, []), (443, ["not the test listener"])])
def test_only_the_hook_of_a_rehearsal_may_ask_the_production_listener(
    sample: StackJson, port: int, found: list[str]
) -> None:
    document = copy.deepcopy(sample.document)
    _hook_at(port)(document["resource"])
    told = violations(StackJson(name="sample", document=document, rehearsal=True))
    assert [words for words in found if words in told[0]] == found
    assert len(told) == len(found)


@pytest.mark.parametrize("range_", ["10.0.2.0/24", "10.0.0.0/16", "${aws_vpc.%s.cidr_block}"])
def test_addresses_of_the_vpc_may_be_let_in(sample: StackJson, range_: str) -> None:
    document = copy.deepcopy(sample.document)
    (vpc,) = document["resource"]["aws_vpc"]
    _ingress(cidr_ipv4=range_.replace("%s", vpc))(document["resource"])
    assert violations(StackJson(name="sample", document=document)) == []


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
