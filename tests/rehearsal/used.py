"""What was asked of IAM in a rehearsal, held against what the roles are granted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import product
from pathlib import Path

from bluegreen.loopback.iam.evaluation import Policies, evaluate
from bluegreen.loopback.iam.statement import Request, Statement
from bluegreen.loopback.iam.wildcard import arn_matches, matches

from . import authorization
from .granted import ENVIRONMENT

# Who acts in each role: the name of a role, or the access key of a command.
CALLERS: Mapping[str, tuple[str, ...]] = {
    "execution": (f"role/{ENVIRONMENT}-execution",),
    "hook": (f"role/{ENVIRONMENT}-hook",),
    "codedeploy": (f"role/{ENVIRONMENT}-codedeploy",),
    "plan": (f"plan-{ENVIRONMENT}",),
    "apply": tuple(f"{command}-{ENVIRONMENT}" for command in ("init", "plan", "apply", "output", "destroy")),
    "release": ("bluegreen",),
}
PASS = "iam:PassRole"


def used(record: Path, role: str) -> tuple[Request, ...]:
    """Return what was asked in a role, each thing once."""
    asked: dict[str, Request] = {}
    for line in record.read_text().splitlines():
        one = json.loads(line)
        if one["caller"].split(":")[-1] in CALLERS[role]:
            context = {key: tuple(values) for key, values in one["context"].items()}
            asked[line] = Request(action=one["action"], resource=one["resource"], context=context)
    return tuple(asked.values())


def refused(record: Path) -> list[str]:
    """Return what any role was refused."""
    lines = [json.loads(line) for line in record.read_text().splitlines()]
    return [f"{one['caller']}: {one['action']} on {one['resource']}" for one in lines if not one["allowed"]]


def not_granted(granted: tuple[Statement, ...], asked: Iterable[Request]) -> list[str]:
    """Return what was asked that the role may not do."""
    policies = Policies(identity=granted)
    return sorted({_words(one) for one in asked if not evaluate(policies, one).allowed})


def unused(granted: Iterable[Statement], asked: tuple[Request, ...]) -> list[str]:
    """Return each action with each resource that is granted, and was not asked; pairs that grant nothing aside."""
    return sorted(
        f"{action} {resource}"
        for statement in granted
        for action, resource in product(statement.actions, statement.resources)
        if authorization.means(action, resource) and not any(_is(one, statement, action, resource) for one in asked)
    )


def asked_otherwise(record: Path) -> list[str]:
    """Return what the loopback asked IAM about although AWS asks about something else."""
    lines = [json.loads(line) for line in record.read_text().splitlines()]
    asked = {(one["action"], one["resource"]) for one in lines if one["resource"] is not None}
    return sorted(f"{action} on {resource}" for action, resource in asked if not authorization.means(action, resource))


def _is(asked: Request, statement: Statement, action: str, resource: str) -> bool:
    about = asked.resource is None or arn_matches(resource, asked.resource)
    return matches(action.lower(), asked.action.lower()) and about and statement.holds(asked.context)


def _words(asked: Request) -> str:
    context = {key: value for key, value in asked.context.items() if asked.action == PASS or key.startswith("aws:")}
    return f"{asked.action} on {asked.resource} {json.dumps(context) if context else ''}".strip()
