"""The function that checks a release."""

from __future__ import annotations

import json
from collections.abc import Callable

from bluegreen.infra.stack_json import Resource, StackJson

The = Callable[..., Resource]


def _environment(stack: StackJson) -> dict[str, str]:
    ((_, function),) = stack.resources("aws_lambda_function")
    return function["environment"]["variables"]


def test_the_hook_asks_the_test_listener_and_not_production(sample: StackJson) -> None:
    (address,) = [address for address, _ in sample.resources("aws_lb")]
    assert _environment(sample)["ALB_URL"] == f"http://${{{address}.dns_name}}:8080"


def test_the_hook_follows_the_test_port_of_the_environment(rehearsal: StackJson) -> None:
    assert _environment(rehearsal)["ALB_URL"].endswith("}:8080")


def test_the_hook_asks_the_article_s_three_routes_and_demands_proof(sample: StackJson) -> None:
    environment = _environment(sample)
    assert json.loads(environment["CHECKS"]) == [{"path": "/one"}, {"path": "/two"}, {"path": "/three"}]
    assert environment["IDENTITY_PROOF"] == "required"


def test_the_function_is_the_article_s(the: The) -> None:
    function = the("aws_lambda_function")
    assert function["function_name"] == "CodeDeployHook_sample-route-check"
    assert (function["runtime"], function["handler"]) == ("provided.al2023", "bootstrap")
    assert (function["architectures"], function["memory_size"]) == (["arm64"], 256)


def test_the_hook_is_in_the_private_subnets(the: The, sample: StackJson) -> None:
    subnets = the("aws_lambda_function")["vpc_config"]["subnet_ids"]
    names = [sample.referred(subnet)[1]["tags"]["Name"] for subnet in subnets]
    assert names == ["sample-private-0", "sample-private-1"]


def test_the_zip_is_named_relative_to_the_stack(the: The) -> None:
    filename = the("aws_lambda_function")["filename"]
    assert filename.startswith("assets/")
    assert filename in the("aws_lambda_function")["source_code_hash"]


def test_the_log_group_is_there_before_the_function(the: The) -> None:
    waits = the("aws_lambda_function")["depends_on"]
    assert the("aws_cloudwatch_log_group", "hook")["name"] == "/aws/lambda/CodeDeployHook_sample-route-check"
    assert any(address.startswith("aws_cloudwatch_log_group.hook") for address in waits)
    assert any(address.startswith("aws_iam_role_policy.hook-role") for address in waits)


def test_lambda_keeps_the_permission_to_leave_the_network_until_it_has(sample: StackJson) -> None:
    (policy,) = [address for address, _ in sample.resources("aws_iam_role_policy") if ".hook-role_" in address]
    subnets = [r for address, r in sample.resources("aws_subnet") if "_private_" in address]
    groups = [r for _, r in sample.resources("aws_security_group") if r["name"] == "sample-hook"]
    assert len(subnets) == 2
    # What depends on the policy is destroyed before it.
    assert [r["depends_on"] for r in [*subnets, *groups]] == 3 * [[policy]]
