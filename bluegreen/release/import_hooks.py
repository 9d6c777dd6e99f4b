"""Reads out of the last deployment that went well which functions check a release, and where they log."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from . import deployments, hook_function, hook_verdict, past
from .appspec_content import LIFECYCLE_EVENTS
from .errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .evidence import Evidence
    from .snapshot import Snapshot

LOOKED_AT = 100
"""How many deployments are searched for one that went well."""
DECIDES = ("BeforeAllowTraffic", "AfterAllowTestTraffic")
"""The events at which nothing but test traffic has moved: what is called there decides a release."""


@dataclass(frozen=True)
class Last:
    """The last deployment that went well, None where there is none, and its hooks by lifecycle event."""

    deployment: Snapshot | None
    hooks: Mapping[str, str]
    legible: bool = True
    """Whether its AppSpec could be read back."""


def parse(given: Iterable[str]) -> dict[str, str]:
    """Read `EVENT=FUNCTION` from the command line.

    Raises:
        ReleaseError: it is none, or no lifecycle event that can call a function.
    """
    found = dict[str, str]()
    for one in given:
        event, _, function = one.partition("=")
        if event not in LIFECYCLE_EVENTS or not function:
            raise ReleaseError(
                f"--hook: found {one!r}, allowed: EVENT=FUNCTION with one of {', '.join(LIFECYCLE_EVENTS)}"
            )
        found[event] = function
    return found


def last(clients: Clients, target: ReleaseTarget) -> Last:
    """Find the group's last deployment that went well, one of CodeDeploy's own rollbacks apart, and its hooks."""
    history = islice(past.newest_first(clients.codedeploy, target), LOOKED_AT)
    found = next((one for one in history if one.status == "Succeeded" and not one.rolls_back), None)
    if found is None:
        return Last(None, {})
    appspec = deployments.appspec_of(clients.codedeploy, target, found)
    return Last(found, appspec.hooks, bool(appspec.revision))


def fields(clients: Clients, hooks: Mapping[str, str], last: Last, evidence: Evidence) -> dict[str, Any]:
    """Return the fields of a release target that say which functions check a release, and where they log."""
    events = tuple(event for event in LIFECYCLE_EVENTS if event in hooks)
    functions = tuple(hooks[event] for event in events)
    decisive = next((hooks[event] for event in DECIDES if event in hooks), functions[0] if functions else "")
    group = _log_group(clients, decisive, evidence) if decisive else ""
    known = decisive in last.hooks.values()
    return {
        "hooks": events,
        "hook_function": decisive,
        "hook_functions": functions if set(functions) - {decisive} else (),
        "hook_log_group": group,
        "hook_verdicts": not known or evidence.read(lambda: _logs_verdicts(clients, group, last), True),
    }


def _log_group(clients: Clients, function: str, evidence: Evidence) -> str:
    return evidence.read(
        lambda: hook_function.log_group(clients, function), f"/aws/lambda/{hook_function.name_of(function)}"
    )


def _logs_verdicts(clients: Clients, log_group: str, last: Last) -> bool:
    """Whether the last deployment left a verdict line; without a deployment it is not known, and it may."""
    one = last.deployment
    if one is None or one.created is None:
        return True
    since = int(one.created.timestamp() * 1000)
    found = hook_verdict.read(clients.logs, log_group=log_group, deployment_id=one.deployment_id, since_ms=since)
    return bool(found)
