"""Whether the hook's function is there and ready to run; CodeDeploy would wait an hour for one that is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .finding import Finding, doubtful, sound, worst, wrong

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .patient import Patient

ASLEEP = ("Inactive", "Pending")
"""States in which the first invocation wakes the function, or waits for it."""


def look(patient: Patient) -> Finding:
    """Ask Lambda for the configuration of each function."""
    functions = dict.fromkeys(patient.target.functions.values())
    found = [judge(_read(patient, one), one.rpartition(":function:")[2] or one, patient.apply) for one in functions]
    return worst(found) if found else sound("no lifecycle event calls a hook")


def judge(function: Mapping[str, Any] | None, name: str, apply: str) -> Finding:
    """Judge the state and the last update."""
    if function is None:
        return wrong(f"there is no function {name}, and every release asks it", f"{apply} makes it again")
    state, update = function.get("State", "Active"), function.get("LastUpdateStatus", "Successful")
    if update == "Failed":
        return wrong(f"the last update of {name} failed: {_why(function, 'LastUpdateStatus')}", "update it again")
    if state == "Failed":
        return wrong(f"{name} is Failed: {_why(function, 'State')}", "mend what it says, then update the function")
    if update == "InProgress":
        return doubtful(f"{name} is being updated just now", "wait a moment: the old code may answer")
    if state in ASLEEP:
        return doubtful(f"{name} is {state}: {_why(function, 'State')}", "its first run may take a minute more")
    return sound(f"{name} is {state}, it has {function.get('Timeout', 3)} s for a verdict")


def _why(function: Mapping[str, Any], of: str) -> str:
    return function.get(f"{of}Reason") or function.get(f"{of}ReasonCode") or "Lambda does not say why"


def _read(patient: Patient, name: str) -> Mapping[str, Any] | None:
    client = patient.clients.lambda_
    try:
        return client.get_function_configuration(FunctionName=name)
    except client.exceptions.ResourceNotFoundException:
        return None
