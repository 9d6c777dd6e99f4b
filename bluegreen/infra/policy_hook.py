"""The rule about the hook: what CodeDeploy calls during a release asks the test listener.

The one exception: a rehearsal's may ask the production listener, to show what such a hook misses.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .stack_json import Resource, StackJson

Finding = tuple[str, str]

INVOKE = "lambda:InvokeFunction"


def the_hook_asks_the_test_listener(stack: StackJson) -> Iterator[Finding]:
    for address, group in stack.resources("aws_codedeploy_deployment_group"):
        ports = sorted(_ports(stack, group, "test_traffic_route"))
        allowed = [*ports, *_ports(stack, group, "prod_traffic_route")] if stack.rehearsal else ports
        hooks = list(_hooks(stack, group))
        if not hooks:
            yield address, "its role may invoke no function of this stack: without a hook every release would pass"
        for hook, function in hooks:
            url = function.get("environment", {}).get("variables", {}).get("ALB_URL", "")
            if not any(url.startswith("http://") and url.endswith(f"}}:{port}") for port in allowed):
                tested = f"the test listener (port {', '.join(map(str, ports))})"
                yield hook, f"ALB_URL is {url!r}, which is not {tested}: it would test the past"


def _ports(stack: StackJson, group: Resource, route: str) -> Iterator[int]:
    for reference in group["load_balancer_info"]["target_group_pair_info"][route]["listener_arns"]:
        _, listener = stack.referred(reference)
        yield listener["port"]


def _hooks(stack: StackJson, group: Resource) -> Iterator[tuple[str, Resource]]:
    """Yield the functions that the role of a deployment group may invoke."""
    role, _ = stack.referred(group["service_role_arn"])
    for _, policy in stack.resources("aws_iam_role_policy"):
        if policy["role"] == f"${{{role}.name}}" and not policy["policy"].startswith("${"):
            for statement in json.loads(policy["policy"])["Statement"]:
                yield from _invoked(stack, statement)


def _invoked(stack: StackJson, statement: dict[str, Any]) -> Iterator[tuple[str, Resource]]:
    if INVOKE not in statement.get("Action", []):
        return
    arns = {f"${{{address}.arn}}": (address, function) for address, function in stack.resources("aws_lambda_function")}
    resources = statement.get("Resource", [])
    for resource in [resources] if isinstance(resources, str) else resources:
        if resource in arns:
            yield arns[resource]
