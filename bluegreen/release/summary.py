"""The job summary for CI: a short Markdown text appended to the file that GITHUB_STEP_SUMMARY names."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from .exit_codes import ExitCode
from .outcome import what_was_rolled_back

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .outcome import Outcome
    from .snapshot import LifecycleEvent, Snapshot

VARIABLE = "GITHUB_STEP_SUMMARY"


def append(environment: str, outcome: Outcome, environ: Mapping[str, str] = os.environ) -> None:
    """Append the summary when CI asks for one; a file that cannot be written does not fail a release."""
    _write(markdown(environment, outcome), environ)


def refused(reason: str, environ: Mapping[str, str] = os.environ) -> None:
    """Append that nothing was done, and why; as above."""
    _write(f"### ❌ Refused: nothing was done\n\n{reason}\n\n", environ)


def shifted(
    environment: str, deployment: Snapshot, told: Sequence[str], environ: Mapping[str, str] = os.environ
) -> None:
    """Append that traffic has moved, in the lines that the terminal is told; as above."""
    head, *others = told
    parts = [f"### ✅ {environment}: {head}", "", _of(deployment), ""]
    parts += [f"{line[0].upper()}{line[1:]}.\n" for line in others]
    _write("\n".join([*parts, *_table(deployment)]) + "\n", environ)


def _write(text: str, environ: Mapping[str, str]) -> None:
    if not environ.get(VARIABLE):
        return
    try:
        with Path(environ[VARIABLE]).open("a", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return


def markdown(environment: str, outcome: Outcome) -> str:
    """Write what the terminal is told too (docs/releases.md), and the lifecycle events, as Markdown."""
    deployment, why = outcome.deployment, outcome.reason
    sign = "✅" if outcome.exit_code is ExitCode.DONE else "❌"
    took = "" if deployment.seconds is None else f" after {deployment.seconds:.0f} s"
    parts = [f"### {sign} {environment}: {outcome.revision or 'release'} {deployment.status}{took}", ""]
    parts.append(_of(deployment))
    if why:
        parts += ["", f"**Reason:** {_plain(why.cause)}", *_verbatim(why.details)]
    if said := what_was_rolled_back(outcome):
        parts += ["", f"{said[0].upper()}{_plain(said[1:])}."]
    parts += ["", f"Traffic now: {', '.join(str(share) for share in outcome.traffic) or 'not known'}.", ""]
    parts += [f"Not known: {_plain(note)}.\n" for note in outcome.notes]
    parts += [f"**Next:** {why.next_step}", ""] if why else []
    return "\n".join([*parts, *_table(deployment)]) + "\n"


def _of(deployment: Snapshot) -> str:
    return f"Deployment `{deployment.deployment_id}` with `{deployment.configuration}`."


def _table(deployment: Snapshot) -> list[str]:
    return ["| Lifecycle event | Status | Seconds |", "|---|---|---|", *map(_row, deployment.lifecycle), ""]


def _plain(text: str) -> str:
    """Take the meaning in Markdown out of words that are not ours."""
    return re.sub(r"([\\`*_<>\[\]|])", r"\\\1", " ".join(text.split()))


def _verbatim(lines: Sequence[str]) -> list[str]:
    """Show lines as they are: between fences that are longer than any in them."""
    if not lines:
        return []
    fence = "`" * max(3, 1 + max(len(run) for run in re.findall(r"`*", "\n".join(lines))))
    return ["", f"{fence}text", *lines, fence]


def _row(event: LifecycleEvent) -> str:
    return f"| {event.name} | {event.status} | {'' if event.seconds is None else f'{event.seconds:.1f}'} |"
