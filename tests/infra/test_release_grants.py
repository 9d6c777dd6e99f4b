"""The policies that we synthesize cover a release: each call, judged as the rehearsal's AWS judges it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from bluegreen.infra.stack_json import StackJson
from bluegreen.loopback.iam.call import Call
from bluegreen.loopback.iam.evaluation import Policies, evaluate
from bluegreen.loopback.iam.requests import requests
from bluegreen.loopback.iam.statement import Request, statements

ACCOUNT, REGION = "123456789012", "us-east-1"
CLUSTER, SERVICE = "rehearsal-cluster", "rehearsal-service"
ON = {"cluster": CLUSTER, "service": SERVICE}
# What follows the account in an ARN; `{id}` is the resource's own name in the stack.
ARNS = {
    "aws_ecs_cluster": "ecs:{region}:{account}:cluster/{name}",
    "aws_iam_role": "iam::{account}:role/{name}",
    "aws_lambda_function": "lambda:{region}:{account}:function:{function_name}",
    "aws_cloudwatch_log_group": "logs:{region}:{account}:log-group:{name}",
    "aws_lb_listener": "elasticloadbalancing:{region}:{account}:listener/app/rehearsal-cluster-alb/1/{id}",
    "aws_ecr_repository": "ecr:{region}:{account}:repository/{id}",
}
_REFERENCE = re.compile(r"\$\{(?:data\.)?(\w+)\.([\w-]+)\.(\w+)\}")


class Stack:
    """The rehearsal as Terraform would resolve it."""

    def __init__(self, stack: StackJson) -> None:
        self._stack = stack

    def policies(self, named: str) -> Policies:
        """Return the one policy of a role."""
        found = [one for address, one in self._stack.resources("aws_iam_role_policy") if f".{named}_" in address]
        (policy,) = found
        return Policies(identity=statements("own", _REFERENCE.sub(self._resolved, policy["policy"])))

    def arn(self, kind: str, named: str) -> str:
        """Return the ARN of the one resource of a kind whose name in the stack begins so."""
        (address,) = [one for one, _ in self._stack.resources(kind) if one.startswith(f"{kind}.{named}")]
        return self._arn(kind, address.split(".")[1])

    def _resolved(self, reference: re.Match[str]) -> str:
        kind, id_, attribute = reference.groups()
        known = {"partition": "aws", "account_id": ACCOUNT}
        return known.get(attribute) or self._arn(kind, id_)

    def _arn(self, kind: str, id_: str) -> str:
        arguments = self._stack.document["resource"].get(kind, {}).get(id_, {})
        names = {"region": REGION, "account": ACCOUNT, "id": id_, **arguments}
        return f"arn:aws:{ARNS[kind].format(**names)}"


@pytest.fixture(scope="module")
def stack(rehearsal: StackJson) -> Stack:
    return Stack(rehearsal)


def _allowed(policies: Policies, action: str, resource: str | None = None, **parameters: Any) -> bool:
    service, operation = action.split(":")
    call = Call(
        service=service,
        operation=operation,
        account=ACCOUNT,
        region=REGION,
        partition="aws",
        parameter=parameters.get,
        resource=resource,
    )
    return all(evaluate(policies, one).allowed for one in requests(call))


CALLS: Mapping[str, dict[str, Any]] = {
    "ecs:DescribeServices": {"cluster": CLUSTER, "services": [SERVICE]},
    "ecs:CreateTaskSet": {**ON, "taskDefinition": "rehearsal-rust-blue-green:2"},
    "ecs:UpdateServicePrimaryTaskSet": {**ON, "primaryTaskSet": "ecs-svc/1"},
    "ecs:DeleteTaskSet": {**ON, "taskSet": "ecs-svc/1"},
    "elasticloadbalancing:DescribeTargetGroups": {"Names": ["blue", "green"]},
    "elasticloadbalancing:DescribeListeners": {},
    "elasticloadbalancing:DescribeRules": {},
    "cloudwatch:DescribeAlarms": {"AlarmNames": ["rehearsal-errors"]},
}


@pytest.mark.parametrize("action", CALLS)
def test_codedeploy_may_make_the_calls_of_a_release(stack: Stack, action: str) -> None:
    assert _allowed(stack.policies("deployment-role"), action, **CALLS[action])


@pytest.mark.parametrize("action", [action for action in CALLS if action.startswith("ecs:")])
def test_codedeploy_may_not_make_them_in_another_cluster(stack: Stack, action: str) -> None:
    elsewhere = {**CALLS[action], "cluster": "another-cluster"}
    assert not _allowed(stack.policies("deployment-role"), action, **elsewhere)


def test_codedeploy_may_move_both_listeners_and_their_rules(stack: Stack) -> None:
    policies = stack.policies("deployment-role")
    for named in ("balancer_production-listener", "balancer_test-listener"):
        listener = stack.arn("aws_lb_listener", named)
        assert _allowed(policies, "elasticloadbalancing:ModifyListener", ListenerArn=listener)
        rule = listener.replace(":listener/", ":listener-rule/") + "/1"
        assert _allowed(policies, "elasticloadbalancing:ModifyRule", RuleArn=rule)
    foreign = stack.arn("aws_lb_listener", "balancer_test-listener").replace("rehearsal-cluster-alb", "another-alb")
    assert not _allowed(policies, "elasticloadbalancing:ModifyListener", ListenerArn=foreign)


def test_codedeploy_may_invoke_the_hook_by_name_and_by_arn(stack: Stack) -> None:
    policies, hook = stack.policies("deployment-role"), stack.arn("aws_lambda_function", "hook_function")
    assert _allowed(policies, "lambda:Invoke", FunctionName=hook)
    assert _allowed(policies, "lambda:Invoke", FunctionName=hook.rsplit(":", 1)[-1])
    assert not _allowed(policies, "lambda:Invoke", FunctionName="CodeDeployHook_another")


@pytest.mark.parametrize(("role", "may"), [("task_execution", True), ("task_role", True), ("hook-role", False)])
def test_codedeploy_may_pass_the_tasks_roles_to_ecs_tasks_alone(stack: Stack, role: str, may: bool) -> None:
    policies, arn = stack.policies("deployment-role"), stack.arn("aws_iam_role", role)
    for service, expected in (("ecs-tasks.amazonaws.com", may), ("lambda.amazonaws.com", False)):
        passed = {"iam:PassedToService": (service,)}
        assert evaluate(policies, Request(action="iam:PassRole", resource=arn, context=passed)).allowed is expected


def test_the_hook_may_read_its_deployment_report_and_write_its_log(stack: Stack) -> None:
    policies, prefix = stack.policies("hook-role"), f"arn:aws:codedeploy:{REGION}:{ACCOUNT}"
    group = f"{prefix}:deploymentgroup:rehearsal-application/rehearsal-blue-green"
    log = f"{stack.arn('aws_cloudwatch_log_group', 'hook-role')}:log-stream:2026/11/24/[$LATEST]1"
    assert _allowed(policies, "codedeploy:GetDeployment", group)
    assert _allowed(policies, "codedeploy:PutLifecycleEventHookExecutionStatus", group)
    assert _allowed(policies, "codedeploy:GetApplicationRevision", f"{prefix}:application:rehearsal-application")
    assert _allowed(policies, "logs:CreateLogStream", log)
    assert _allowed(policies, "logs:PutLogEvents", log)
    assert not _allowed(policies, "codedeploy:StopDeployment", group)
    assert not _allowed(policies, "codedeploy:PutLifecycleEventHookExecutionStatus", f"{group}-of-another")
