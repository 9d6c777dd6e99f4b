"""The waits that a deployment may be in for somebody to end them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from .errors import ReleaseError

if TYPE_CHECKING:
    from .snapshot import Snapshot

MEANING = {
    "READY_WAIT": "it goes on towards production traffic",
    "TERMINATION_WAIT": "the old tasks are ended now",
}


def wait_of(deployment: Snapshot) -> Literal["READY_WAIT", "TERMINATION_WAIT"]:
    """Name the wait that a deployment is in, in the API's words.

    Raises:
        ReleaseError: it is in none.
    """
    if deployment.status == "Ready":
        return "READY_WAIT"
    if deployment.termination_wait_started and not deployment.over:
        return "TERMINATION_WAIT"
    raise ReleaseError(f"{deployment.deployment_id} waits for nobody: it is {deployment.status}")
