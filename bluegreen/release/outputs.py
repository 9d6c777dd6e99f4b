"""The outputs of a step in CI: lines `name=value` appended to the file that GITHUB_OUTPUT names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import summary
from .exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .event import Event
    from .report import Report

VARIABLE = "GITHUB_OUTPUT"

ENDS = {ExitCode.DONE: "succeeded", ExitCode.FAILED: "failed"}
OUTCOMES = {"started": "running", "stop": "running", "left": "running", "shifted": "shifted", "unchanged": "unchanged"}
"""What an event says of the whole, by its kind; how a deployment ended is in its exit code."""


class Outputs:
    """Passes events on, and keeps what a later step may want to know."""

    def __init__(self, told: Report, environ: Mapping[str, str]) -> None:
        self._told, self._environ = told, environ

    def tell(self, event: Event) -> None:
        """Pass an event on, then write down what it says."""
        self._told.tell(event)
        write(of(event), self._environ)

    def close(self) -> None:
        """Close what events are passed on to."""
        self._told.close()


def of(event: Event) -> dict[str, str]:
    """Return the outputs that an event decides; a later event's replace an earlier one's."""
    fields: Mapping[str, Any] = event.fields
    if event.kind == "outcome":
        outcome = ENDS.get(fields["exit_code"], "running")
    elif not (outcome := OUTCOMES.get(event.kind, "")):
        return {}
    found = {
        "deployment-id": fields.get("deployment_id"),
        "status": fields.get("status"),
        "revision": fields.get("revision") or fields.get("to"),
        "outcome": outcome,
        "reason": fields.get("reason"),
    }
    return {name: value for name, value in found.items() if value}


def refused(reason: str, environ: Mapping[str, str] = os.environ) -> None:
    """Write down that nothing was done, and why; in the job's summary too."""
    summary.refused(reason, environ)
    write({"outcome": "refused", "reason": reason}, environ)


def write(outputs: Mapping[str, str], environ: Mapping[str, str]) -> None:
    """Append outputs where CI asks for them; a file that cannot be written does not fail a release."""
    if not outputs or not environ.get(VARIABLE):
        return
    # One line each: AWS's words or a hook's could otherwise set outputs of their own.
    lines = [f"{name}={' '.join(value.split())}\n" for name, value in outputs.items()]
    try:
        with Path(environ[VARIABLE]).open("a", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError:
        return
