"""Which revision a rollback of a finished release goes back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from .record import Record


def further(options: str) -> str:
    """Name the way to a revision that is not found by itself."""
    return f"`bluegreen rollback --to REVISION {options}` goes to any revision that is there still"


def find(releases: Iterable[Record], live: str, options: str) -> str:
    """Return the last revision that was released successfully and is not the live one.

    A revision that carried all traffic before a successful release counts as well, or before the last one if that is
    live: that is how the first release is taken back. One that a rollback has left is not good any more, so a second
    rollback goes further back.

    Args:
        releases: the deployments that people started, newest first; read only as far as needed.
        live: `family:revision` that production traffic reaches now.
        options: those that complete the command named.

    Raises:
        ReleaseError: there is none, or the last release was not the one that is live.
    """
    left: set[str] = {live}
    undone: dict[str, str] = {}
    last: Record | None = None
    for one in releases:
        if last is None and one.undoes and one.status == "Succeeded":
            undone[one.undoes] = one.deployment_id
        elif last is None and not one.undoes:
            last = one
            _check_last(one, live, options, undone)
        if one.status != "Succeeded" and not (one is last and one.after == live):
            continue
        if one.undoes:
            left.add(one.before)
            continue
        for revision in (one.after, one.before):
            if revision and revision not in left:
                return revision
    raise ReleaseError(
        f"no release before {live} is known to have succeeded: there is nothing to go back to; {further(options)}"
    )


def _check_last(last: Record, live: str, options: str, undone: Mapping[str, str]) -> None:
    """Refuse to take back a good release because one after it failed.

    `undone` says which rollback, by its id, has taken back a deployment.

    Raises:
        ReleaseError: the last release failed or was stopped, and what it released is not live.
    """
    if last.status == "Succeeded" or last.after == live:
        return
    back = last.rollback_deployment_id or undone.get(last.deployment_id, "")
    how = f"rolled back by {back}" if back else "not rolled back"
    raise ReleaseError(
        f"the last release, {last.deployment_id} of {last.after or 'an unknown revision'}, is {last.status} and was "
        f"{how}: {live} is live, so there is no release to take back; {further(options)}"
    )
