"""The rules about traffic, logs, and what releases own."""

from __future__ import annotations

from collections.abc import Iterator

from . import owned_by_releases
from .stack_json import Resource, StackJson

Finding = tuple[str, str]

HOOK_PREFIX = "CodeDeployHook_"
ANYONE = ("0.0.0.0/0", "::/0")
IGNORED = {"aws_lb_listener": owned_by_releases.LISTENER, "aws_ecs_service": owned_by_releases.SERVICE}


def load_balancers_are_internal(stack: StackJson) -> Iterator[Finding]:
    for address, balancer in stack.resources("aws_lb"):
        if balancer.get("internal") is not True:
            yield address, "the load balancer is not internal: the HTTP API is the only way in"


def nothing_is_open_inward(stack: StackJson) -> Iterator[Finding]:
    for address, rule in stack.resources("aws_vpc_security_group_ingress_rule"):
        if rule.get("cidr_ipv4") in ANYONE or rule.get("cidr_ipv6") in ANYONE:
            yield address, "the rule lets the whole internet in"
    for address, rule in stack.resources("aws_security_group_rule"):
        ranges = [*rule.get("cidr_blocks", []), *rule.get("ipv6_cidr_blocks", [])]
        if rule.get("type") == "ingress" and any(range_ in ANYONE for range_ in ranges):
            yield address, "the rule lets the whole internet in"
    for address, group in stack.resources("aws_security_group", "aws_default_security_group"):
        if group.get("ingress"):
            yield address, "rules inside of a group are not checked: each is a resource of its own"


def the_hook_asks_the_test_listener(stack: StackJson) -> Iterator[Finding]:
    ports = {port for _, group in stack.resources("aws_codedeploy_deployment_group") for port in _test(stack, group)}
    for address, function in stack.resources("aws_lambda_function"):
        if not function["function_name"].startswith(HOOK_PREFIX):
            continue
        url = function.get("environment", {}).get("variables", {}).get("ALB_URL", "")
        if not any(url.startswith("http://") and url.endswith(f"}}:{port}") for port in ports):
            tested = ", ".join(map(str, sorted(ports)))
            yield address, f"ALB_URL is {url!r}, which is not the test listener (port {tested}): it would test the past"


def _test(stack: StackJson, group: Resource) -> Iterator[int]:
    route = group["load_balancer_info"]["target_group_pair_info"]["test_traffic_route"]
    for reference in route["listener_arns"]:
        _, listener = stack.referred(reference)
        yield listener["port"]


def log_groups_forget(stack: StackJson) -> Iterator[Finding]:
    for address, group in stack.resources("aws_cloudwatch_log_group"):
        if not group.get("retention_in_days"):
            yield address, "the log group has no retention: it would be paid for for ever"


def releases_own_their_changes(stack: StackJson) -> Iterator[Finding]:
    for kind, expected in IGNORED.items():
        for address, resource in stack.resources(kind):
            ignored = resource.get("lifecycle", {}).get("ignore_changes", [])
            if not set(expected) <= set(ignored):
                yield address, f"ignore_changes lacks {', '.join(expected)}: an apply would undo the last release"
