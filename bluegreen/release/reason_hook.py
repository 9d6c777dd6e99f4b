"""The reason of a release that its hook turned down. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .hook_verdict import line_of
from .reason import Reason
from .step import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bluegreen.release_target import ReleaseTarget

    from .hook_verdict import Verdict
    from .snapshot import Snapshot

NO_IDENTITY = Step(
    "make the service answer with x-task-definition and release an AppSpec with its text, or turn the proof off",
    ours='`identity_proof = "off"` under [hook] in the settings',
    theirs="the hook's variable IDENTITY_PROOF=off",
)
AFTER_FAILURE = {
    "identity_mismatch": Step("find out who moved the test listener away from the replacement"),
    "identity_unknown": Step(
        "let the hook reach CodeDeploy", ours="`make deploy ENV={environment}` restores role and network"
    ),
    "identity_missing": Step("make every answer carry one x-task-definition header"),
}


def reason_of(deployment: Snapshot, verdicts: Sequence[Verdict], target: ReleaseTarget) -> Reason:
    """Take the reason out of the verdict that failed: each route's expected, got, and attempts."""
    event = deployment.failed_event or "a lifecycle event"
    verdict = next((one for one in verdicts if one.failed), None)
    if verdict is None:
        return Reason(
            f"the hook turned the release down at {event}; its log holds no verdict on this deployment",
            (),
            f"read the hook's log{in_group(target.hook_log_group)}, then release again",
        )
    failed = [route for route in verdict.routes if not route.passed]
    words = verdict.reason or (failed[0].reason if failed else "") or "no reason given"
    cause = f"the hook turned the release down at {event}: {words}"
    return Reason(cause, tuple(line_of(route) for route in failed), _next_step(verdict, words, target))


def in_group(name: str) -> str:
    """Say in which log group; nothing where it is not known."""
    return f" (log group {name})" if name else ""


def _next_step(verdict: Verdict, words: str, target: ReleaseTarget) -> str:
    failures = {route.failure for route in verdict.routes}
    if "identity_proof" in words:
        return NO_IDENTITY.fit(target)
    step = next((step for failure, step in AFTER_FAILURE.items() if failure in failures), None)
    return f"{step.fit(target)}, then release again" if step else "mend the image and release it under a new tag"
