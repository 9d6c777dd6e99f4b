"""Joins what CodeDeploy, the hook, ECS, the load balancer and alarms said: the most specific names the cause. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from . import alarm_reason, error_codes, reason_hook, reason_timeout, stopper, unsteady
from .reason import Reason
from .reason_timeout import Wait

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bluegreen.release_target import ReleaseTarget

    from .hook_verdict import Verdict
    from .snapshot import Snapshot
    from .trouble import Trouble
    from .unsteady import Unsteady

FROM_ECS = re.compile(r"unexpected error: (.*?) \(Service: ", re.DOTALL)
BEHIND_LISTENER = ("must be behind listener", "not to the primary task set")
"""What CodeDeploy says, under whatever code, of a listener that somebody moved."""
REFUSED = re.compile(r"AWS service: (\w+)")
GRANTS = {
    "AWSLambda": "lambda:InvokeFunction on {hook}",
    "AmazonECS": "ecs:DescribeServices, CreateTaskSet, UpdateServicePrimaryTaskSet and DeleteTaskSet, and "
    "iam:PassRole on the task's roles",
    "AmazonElasticLoadBalancing": "elasticloadbalancing:Describe*, ModifyListener and ModifyRule",
    "AmazonCloudWatch": "cloudwatch:DescribeAlarms",
    "AmazonS3": "s3:GetObject on the revision",
}
ECS_STEPS = (
    (
        "container port",
        "make the task definition's port mapping and the AppSpec's container port agree (`bluegreen appspec {options}` "
        "shows it), then release again",
    ),
    ("inactive", "release a revision that is registered: this one was deregistered"),
    ("nvalid revision number", "name the task definition with a number in the AppSpec (`bluegreen appspec {options}`)"),
    ("does not exist any more", "release again, and find out who deleted the task set"),
)


def first_cause(deployment: Snapshot, verdicts: Sequence[Verdict], trouble: Trouble, target: ReleaseTarget) -> Reason:
    """Find the reason of an end that is not a good one; CodeDeploy's own words are the last of its details."""
    tasks = unsteady.find(trouble, target)
    found = _found(deployment, verdicts, trouble, tasks, target)
    if found is None:
        found = _by_codedeploy(deployment, target)
        return replace(found, details=(*found.details, *_besides(deployment, trouble, tasks, found)))
    besides = _besides(deployment, trouble, tasks, found)
    return replace(found, details=(*found.details, *besides, _codedeploys_words(deployment)))


def _found(
    deployment: Snapshot,
    verdicts: Sequence[Verdict],
    trouble: Trouble,
    tasks: Unsteady | None,
    target: ReleaseTarget,
) -> Reason | None:
    """Return the reason that something else than CodeDeploy names; None where it is CodeDeploy's to tell."""
    code = deployment.error_code
    if deployment.rolls_back:
        return _of_a_rollback(deployment, target)
    if tasks and _is_of_tasks(deployment, target):
        return _by_tasks(tasks)
    by_code = {
        "HOOK_EXECUTION_FAILURE": lambda: reason_hook.reason_of(deployment, verdicts, target),
        "ALARM_ACTIVE": lambda: _by_alarms(deployment, trouble, tasks, target),
        "ECS_UPDATE_ERROR": lambda: _by_ecs(deployment, target),
        error_codes.STOPPED: lambda: stopper.as_reason(trouble.stopped_by) if trouble.stopped_by else None,
        "TIMEOUT": lambda: reason_timeout.reason_of(deployment, target, tasks),
    }
    return by_code[code]() if code in by_code else None


def _is_of_tasks(deployment: Snapshot, target: ReleaseTarget) -> bool:
    """Whether it ended because tasks were not steady, whatever CodeDeploy calls it."""
    code = deployment.error_code
    if code == "TIMEOUT":
        return reason_timeout.wait_of(deployment, target) in (Wait.STEADY, None)
    if code == "ECS_UPDATE_ERROR":
        return not FROM_ECS.search(deployment.error_message)
    return deployment.failed_event == "Install" and code not in error_codes.NEXT_STEPS and not _moved(deployment)


def _by_tasks(tasks: Unsteady) -> Reason:
    times = f" ({tasks.count} tasks ended so)" if tasks.count > 1 else ""
    return Reason(
        f"the replacement's tasks did not become steady: {tasks.cause}{times}", tasks.details, tasks.next_step
    )


def _by_alarms(deployment: Snapshot, trouble: Trouble, tasks: Unsteady | None, target: ReleaseTarget) -> Reason | None:
    """Name the alarms with their values; None when CodeDeploy could not read them, which its message says."""
    if deployment.error_message and not alarm_reason.named_in(deployment.error_message):
        return None
    alarms = alarm_reason.of_message(deployment.error_message, trouble.alarms)
    if not alarms:
        return None
    first, *others = alarm_reason.lines(alarms, deployment.created)
    if not any(one.before(deployment.created) for one in alarms):
        return Reason(f"an alarm went red: {first}", tuple(others), _after_alarm(tasks, target))
    step = "bring the alarm back to OK first: it was red before this release, and stops every other one too"
    return Reason(f"an alarm was red already: {first}", tuple(others), step)


def _after_alarm(tasks: Unsteady | None, target: ReleaseTarget) -> str:
    """Say what to do: a task that ended tells more than the alarm that counted what it cost."""
    if tasks is None or not tasks.count:
        return _step("ALARM_ACTIVE", target)
    return f"{tasks.next_step}; an alarm that is still red stops that too"


def _by_ecs(deployment: Snapshot, target: ReleaseTarget) -> Reason:
    found = FROM_ECS.search(deployment.error_message)
    words = found.group(1) if found else deployment.error_message or "without a word"
    step = next((step for sign, step in ECS_STEPS if sign in words), None)
    next_step = step.format(options=target.options) if step else _step("ECS_UPDATE_ERROR", target)
    return Reason(f"ECS refused the replacement task set: {words}", (), next_step)


def _of_a_rollback(deployment: Snapshot, target: ReleaseTarget) -> Reason:
    words = deployment.error_message or f"CodeDeploy gives no reason for {deployment.status}"
    return Reason(
        f"the rollback itself did not go well: {words}",
        (),
        f"see where traffic is (`bluegreen status {target.options}`), and release a good revision: "
        f"`bluegreen rollback --to REVISION {target.options}`",
    )


def _by_codedeploy(deployment: Snapshot, target: ReleaseTarget) -> Reason:
    words = deployment.error_message or f"CodeDeploy gives no reason for {deployment.status}"
    where = f" during {deployment.failed_event}" if deployment.failed_event else ""
    code = f" ({deployment.error_code})" if deployment.error_code else ""
    return Reason(f"{words}{code}{where}", (), _after_codedeploys(deployment, target))


def _after_codedeploys(deployment: Snapshot, target: ReleaseTarget) -> str:
    words = deployment.error_message
    if _moved(deployment):
        return _step("ELASTIC_LOAD_BALANCING_INVALID", target)
    if deployment.error_code == "ALARM_ACTIVE":
        return f"let {error_codes.ROLE} read the alarms ({GRANTS['AmazonCloudWatch']}), then release again"
    refused = REFUSED.search(words) if deployment.error_code == "IAM_ROLE_PERMISSIONS" else None
    if refused and (grant := GRANTS.get(refused.group(1))):
        hook = target.functions.get(deployment.failed_event) or target.hook_function or "the hook function"
        lacking = grant.format(hook=hook)
        return f"grant {lacking}: {_step(deployment.error_code, target)}"
    return _step(deployment.error_code, target)


def _moved(deployment: Snapshot) -> bool:
    return any(sign in deployment.error_message for sign in BEHIND_LISTENER)


def _besides(deployment: Snapshot, trouble: Trouble, tasks: Unsteady | None, found: Reason) -> list[str]:
    """Tell what else went wrong at that time: it may be the cause of the cause."""
    seen: list[str] = []
    if tasks and tasks.cause not in found.cause:
        seen += [f"tasks of the replacement: {tasks.cause}", *tasks.details]
    if deployment.error_code != "ALARM_ACTIVE":
        seen += [f"red besides: {one.words}; it stops the next release" for one in trouble.alarms if one.red]
    return seen


def _codedeploys_words(deployment: Snapshot) -> str:
    return f"CodeDeploy: {deployment.error_message or deployment.status} ({deployment.error_code or 'no code'})"


def _step(code: str, target: ReleaseTarget) -> str:
    return error_codes.next_step(code, target)
