"""The functions that a deployment asks: how long each may run, and what it wrote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from . import deployments
from .deployments import AppSpec
from .errors import ReleaseError
from .evidence import Evidence

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .snapshot import Snapshot

LONGEST_SECONDS = 900.0
"""Lambda's own limit: taken where the function's may not be read."""


@dataclass(frozen=True)
class HookFunction:
    """A function by its name, with its time limit in seconds and its log group."""

    name: str
    timeout: float
    log_group: str


def of(clients: Clients, target: ReleaseTarget, deployment: Snapshot, evidence: Evidence) -> dict[str, HookFunction]:
    """Map each lifecycle event with a hook to its function, as the deployment's own AppSpec says.

    Where that cannot be read back, the hooks of the release target are taken.
    """
    appspec = evidence.read(lambda: deployments.appspec_of(clients.codedeploy, target, deployment), AppSpec())
    found = appspec.hooks if appspec.revision else target.functions
    functions = {one: _describe(clients, target, one, evidence) for one in set(found.values())}
    return {event: functions[function] for event, function in found.items()}


def _describe(clients: Clients, target: ReleaseTarget, function: str, evidence: Evidence) -> HookFunction:
    named = name_of(function)
    answer = evidence.read(lambda: clients.lambda_.get_function_configuration(FunctionName=function), None)
    known = target.hook_log_group if function == target.hook_function else ""
    group = known or f"/aws/lambda/{named}"
    if answer is None:
        return HookFunction(named, LONGEST_SECONDS, group)
    logged = (answer.get("LoggingConfig") or {}).get("LogGroup") or group
    return HookFunction(answer.get("FunctionName") or named, float(answer.get("Timeout") or LONGEST_SECONDS), logged)


def log_group(clients: Clients, function: str) -> str:
    """Return the log group of a function named by its name or ARN.

    Raises:
        ReleaseError: there is no such function.
    """
    named = name_of(function)
    try:
        answer = clients.lambda_.get_function_configuration(FunctionName=function)
    except clients.lambda_.exceptions.ResourceNotFoundException:
        raise ReleaseError(f"there is no function {named}, which the last AppSpec calls") from None
    return (answer.get("LoggingConfig") or {}).get("LogGroup") or f"/aws/lambda/{named}"


def name_of(function: str) -> str:
    """Return the name of a function that is named by its name or ARN."""
    return function.partition(":function:")[2].partition(":")[0] or function


def log_since(clients: Clients, function: HookFunction, since_ms: int) -> list[str]:
    """Return what the function's log holds since a time in epoch milliseconds, oldest first."""
    logs = clients.logs
    try:
        pages = list(
            logs.get_paginator("filter_log_events").paginate(logGroupName=function.log_group, startTime=since_ms)
        )
    except logs.exceptions.ResourceNotFoundException:
        return []
    events = [event for page in pages for event in page.get("events", [])]
    return [one.get("message", "") for one in sorted(events, key=lambda one: one.get("timestamp", 0))]
