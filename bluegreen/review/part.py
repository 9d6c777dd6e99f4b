"""Which part of the architecture a resource belongs to."""

from __future__ import annotations

import re

from .plan import Change

SERVICE, RELEASE_CONTROL, HOOK, API = "Service", "Release control", "Hook", "HTTP API"
ALARMS, NETWORK, ROLES, LOGS, OTHER = "Alarms", "Network", "Roles and policies", "Logs", "Other"

_BY_TYPE = (
    ("Security groups", r"(default_)?security_group(_rule)?|vpc_security_group_(in|e)gress_rule"),
    (NETWORK, r"(default_)?(vpc|subnet|route|network|internet_gateway|nat_gateway|egress_only|eip|flow_log)\w*"),
    ("Load balancer", r"a?lb(_\w+)?"),
    (SERVICE, r"ecs_\w+"),
    (RELEASE_CONTROL, r"codedeploy_\w+"),
    (HOOK, r"lambda_\w+"),
    (API, r"apigatewayv2_\w+|acm_\w+|route53_\w+"),
    (ALARMS, r"cloudwatch_(metric|composite)_alarm|sns_\w+"),
    ("Scaling", r"appautoscaling_\w+"),
    ("Foundation", r"s3_\w+|ecr_\w+|iam_openid_connect_provider|dynamodb_\w+"),
)

# A role, a log group and a parameter belong to what they are made for; their names say what that is.
_BY_NAME = (
    (HOOK, {"hook"}),
    (RELEASE_CONTROL, {"deployment", "release", "target"}),
    (SERVICE, {"task", "execution", "service"}),
    (API, {"api"}),
    (NETWORK, {"flow", "network"}),
    (ALARMS, {"alarm", "alarms"}),
    ("Foundation", {"github", "plan", "apply", "state"}),
)

PARTS = (
    NETWORK, "Security groups", "Load balancer", SERVICE, RELEASE_CONTROL, HOOK, API, ALARMS, "Scaling", "Foundation",
    ROLES, LOGS, OTHER,
)  # fmt: skip
"""In the order in which a summary tells them."""


def part(change: Change) -> str:
    """Return the name of the part, one of PARTS."""
    kind = change.type.removeprefix("aws_")
    for name, pattern in _BY_TYPE:
        if re.fullmatch(pattern, kind):
            return name
    words = set(re.split(r"[_-]", change.name))
    for name, hints in _BY_NAME:
        if words & hints:
            return name
    return {"iam": ROLES, "cloudwatch": LOGS}.get(kind.partition("_")[0], OTHER)
