"""The job summary for CI: a short Markdown text appended to the file that GITHUB_STEP_SUMMARY names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from .exit_codes import ExitCode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .outcome import Outcome
    from .snapshot import LifecycleEvent

VARIABLE = "GITHUB_STEP_SUMMARY"


def append(environment: str, outcome: Outcome, environ: Mapping[str, str] = os.environ) -> None:
    """Append the summary when CI asks for one; a file that cannot be written does not fail a release."""
    if not environ.get(VARIABLE):
        return
    try:
        with Path(environ[VARIABLE]).open("a", encoding="utf-8") as file:
            file.write(markdown(environment, outcome))
    except OSError:
        return


def markdown(environment: str, outcome: Outcome) -> str:
    """Write the outcome, the reason and the lifecycle events as Markdown."""
    deployment, why = outcome.deployment, outcome.reason
    sign = "✅" if outcome.exit_code is ExitCode.DONE else "❌"
    parts = [f"### {sign} {environment}: {outcome.revision or 'release'} {deployment.status}", ""]
    parts.append(f"Deployment `{deployment.deployment_id}` with `{deployment.configuration}`.")
    if why:
        parts += [
            "",
            f"**Reason:** {why.cause}",
            *(f"- {one}" for one in why.details),
            "",
            f"**Next:** {why.next_step}",
        ]
    if outcome.rollback:
        parts += ["", f"Rolled back by `{outcome.rollback.deployment_id}`: {outcome.rollback.status}."]
    parts += ["", f"Traffic now: {', '.join(str(share) for share in outcome.traffic) or 'not known'}.", ""]
    parts += ["| Lifecycle event | Status | Seconds |", "|---|---|---|", *map(_row, deployment.lifecycle), ""]
    return "\n".join(parts) + "\n"


def _row(event: LifecycleEvent) -> str:
    return f"| {event.name} | {event.status} | {'' if event.seconds is None else f'{event.seconds:.1f}'} |"
