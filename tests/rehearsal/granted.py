"""What the roles of the rehearsal's environment are granted, as the account would have it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from bluegreen.infra.stack_json import StackJson
from bluegreen.loopback.iam.statement import Statement, statements

ACCOUNT, REGION, ENVIRONMENT = "123456789012", "us-east-1", "rehearsal"

# The policies of each role, by how their addresses begin: stack and beginning.
POLICIES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "execution": ((ENVIRONMENT, "aws_iam_role_policy.task_execution"),),
    "hook": ((ENVIRONMENT, "aws_iam_role_policy.hook-role"),),
    "codedeploy": ((ENVIRONMENT, "aws_iam_role_policy.deployment-role"),),
    "plan": (("foundation", f"aws_iam_policy.github_look-{ENVIRONMENT}"),),
    "apply": (
        ("foundation", f"aws_iam_policy.github_look-{ENVIRONMENT}"),
        ("foundation", f"aws_iam_role_policy.github_apply-{ENVIRONMENT}"),
    ),
    "release": (("foundation", f"aws_iam_role_policy.github_release-{ENVIRONMENT}"),),
}

_REFERENCE = re.compile(r"\$\{(?:data\.)?(\w+)\.([\w-]+)\.(\w+)\}")
_ARNS = {
    "aws_ecs_cluster": "ecs:{region}:{account}:cluster/{name}",
    "aws_iam_role": "iam::{account}:role/{name}",
    "aws_lambda_function": "lambda:{region}:{account}:function:{function_name}",
    "aws_cloudwatch_log_group": "logs:{region}:{account}:log-group:{name}",
    # Its id is the account's to choose; which of the two it is, the port says, and no ARN.
    "aws_lb_listener": "elasticloadbalancing:{region}:{account}:listener/app/rehearsal-cluster-alb/*",
    "aws_ecr_repository": "ecr:{region}:{account}:repository/{name}",
}


def granted(stacks: Mapping[str, StackJson], role: str) -> tuple[Statement, ...]:
    """Return the statements of a role's policies, with the ARNs that Terraform would put into them."""
    return tuple(
        one
        for stack, begins in POLICIES[role]
        for address, policy in stacks[stack].resources(begins.split(".")[0])
        if address.startswith(begins)
        for one in statements(address, _REFERENCE.sub(partial(_resolved, stacks[stack]), policy["policy"]))
    )


def _resolved(stack: StackJson, reference: re.Match[str]) -> str:
    kind, id_, attribute = reference.groups()
    known = {"partition": "aws", "account_id": ACCOUNT}
    if attribute in known:
        return known[attribute]
    section = stack.document["data"] if reference[0].startswith("${data.") else stack.document["resource"]
    return f"arn:aws:{_ARNS[kind].format(region=REGION, account=ACCOUNT, **section[kind][id_])}"
