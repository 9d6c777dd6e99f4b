"""Why a deployment ended badly: the first cause, in words, and what to do next."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .hook_verdict import line_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .hook_verdict import Verdict
    from .service import Trouble
    from .snapshot import Snapshot

LAST_EVENTS = 3


@dataclass(frozen=True)
class Reason:
    """`cause` is one line; `details` are what it was drawn from; `next_step` is an order."""

    cause: str
    details: tuple[str, ...]
    next_step: str


def first_cause(deployment: Snapshot, verdicts: Sequence[Verdict], trouble: Trouble) -> Reason:
    """Join what CodeDeploy, the hook and ECS said; the most specific one names the cause."""
    failing = next((one for one in verdicts if one.failed), None)
    if deployment.error_code == "HOOK_EXECUTION_FAILURE":
        return _by_verdict(deployment, failing)
    if deployment.error_code == "ECS_UPDATE_ERROR":
        return _by_ecs(deployment)
    if deployment.failed_event == "Install" and (trouble.stopped_tasks or trouble.events):
        return _by_tasks(deployment, trouble)
    return _by_codedeploy(deployment)


def _by_verdict(deployment: Snapshot, verdict: Verdict | None) -> Reason:
    event = deployment.failed_event or "a lifecycle event"
    if verdict is None:
        return Reason(
            f"the hook turned the release down at {event}; its log holds no verdict on this deployment",
            (_codedeploys_words(deployment),),
            "read the hook's log group, then release again",
        )
    failed = [route for route in verdict.routes if not route.passed]
    details = tuple(line_of(route) for route in failed)
    words = verdict.reason or (failed[0].reason if failed else "") or "no reason given"
    return Reason(f"the hook turned the release down at {event}: {words}", details, _after_verdict(verdict, words))


TURN_OFF = '`identity_proof = "off"` under [hook] in the settings turns the proof off'
AFTER_FAILURE = {
    "identity_mismatch": "find out who moved the test listener away from the replacement, then release again",
    "identity_unknown": "let the hook reach CodeDeploy (`make deploy` restores role and network), then release again",
    "identity_missing": "make every answer carry one x-task-definition header, then release again",
}


def _after_verdict(verdict: Verdict, words: str) -> str:
    failures = {route.failure for route in verdict.routes}
    if "identity_proof" in words:
        return f"make the service answer with x-task-definition and release an AppSpec with its text; else {TURN_OFF}"
    step = next((step for failure, step in AFTER_FAILURE.items() if failure in failures), None)
    return step or "mend the image and release it under a new tag"


def _by_ecs(deployment: Snapshot) -> Reason:
    found = re.search(r"unexpected error: (.*?) \(Service: ", deployment.error_message, re.DOTALL)
    words = found.group(1) if found else deployment.error_message
    return Reason(
        f"ECS refused the replacement task set: {words}",
        (_codedeploys_words(deployment),),
        "compare `bluegreen appspec` with the task definition and the service, then release again",
    )


def _by_tasks(deployment: Snapshot, trouble: Trouble) -> Reason:
    causes = trouble.stopped_tasks or trouble.events[-1:]
    return Reason(
        f"the replacement's tasks did not become steady: {causes[0]}",
        (*causes[1:], *trouble.events[-LAST_EVENTS:], _codedeploys_words(deployment)),
        "mend the image or the task definition's size, and release it under a new tag",
    )


NEXT_STEPS = {
    "ALARM_ACTIVE": "look at what raised the alarm; a red alarm stops the next release as well",
    "MANUAL_STOP": "release again when whoever stopped it agrees",
    "TIMEOUT": "read the hook's and the tasks' log groups: something never answered",
    "IAM_ROLE_PERMISSIONS": "give the CodeDeploy role what it lacks: `make deploy` restores its policy",
    "IAM_ROLE_MISSING": "restore the CodeDeploy role with `make deploy`",
    "INVALID_LAMBDA_FUNCTION": "restore the hook function with `make deploy`",
    "ELASTIC_LOAD_BALANCING_INVALID": "point the production listener at the primary task set's target group",
    "INVALID_ECS_SERVICE": "restore the service with `make deploy`",
    "THROTTLED": "release again in some minutes",
    "INTERNAL_ERROR": "release again",
}


def _by_codedeploy(deployment: Snapshot) -> Reason:
    words = deployment.error_message or f"CodeDeploy gives no reason for {deployment.status}"
    where = f" during {deployment.failed_event}" if deployment.failed_event else ""
    code = f" ({deployment.error_code})" if deployment.error_code else ""
    step = NEXT_STEPS.get(deployment.error_code, "mend what the reason names and release again")
    if "must be behind listener" in words:
        step = NEXT_STEPS["ELASTIC_LOAD_BALANCING_INVALID"]
    return Reason(f"{words}{code}{where}", (), step)


def _codedeploys_words(deployment: Snapshot) -> str:
    return f"CodeDeploy: {deployment.error_message or deployment.status} ({deployment.error_code or 'no code'})"
