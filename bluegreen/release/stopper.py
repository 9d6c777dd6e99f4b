"""Who stops a deployment, in the words that a release record keeps: CodeDeploy does not know."""

from __future__ import annotations

from .reason import Reason

AND_WHY = ", "
"""What parts who from why; it is in no name: neither GitHub nor AWS has names with a space."""


def watch_of(who: str) -> str:
    """Name the watch that stops a deployment whose hook is silent; `who` runs it, empty where that is not known."""
    return f"{f'the watch of {who}' if who else 'a watch'}{AND_WHY}as the hook was silent"


def as_reason(stopped_by: str) -> Reason:
    """Say who stopped it, and what to do: a person is asked, a watch has said why."""
    who, parted, why = stopped_by.partition(AND_WHY)
    step = "read the hook's log and mend it" if why else f"ask {who} why"
    return Reason(f"{who} stopped the deployment with `bluegreen`{parted}{why}", (), f"{step}, then release again")
