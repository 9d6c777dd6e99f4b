"""How a deployment ends before it succeeded: its status, its error, and which rollback event that is."""

from __future__ import annotations

from .call_failed import CallFailed
from .deployment import Status
from .terms import FAILURE, STOP_ON_ALARM, STOP_ON_REQUEST

HOOK_FAILED = "The deployment failed because one or more of the lifecycle event validation functions failed."
HOOK_SILENT = (
    "The deployment timed out while waiting for a status callback. CodeDeploy expects a status callback within one "
    "hour after a deployment hook is invoked."
)
NEVER_STEADY = (
    "The deployment timed out while waiting for the replacement task set to become healthy. This time out period is "
    "60 minutes."
)
NOT_CONTINUED = (
    "The deployment timed out while waiting for a notification to continue. This time out period is {minutes} minutes."
)
UNSTEADY = (
    "The deployment failed because the replacement task set was not steady for 5 minutes while traffic was shifting."
)
ON_REQUEST = "The deployment was stopped by a user."
ALARMS_ACTIVE = (
    "One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected "
    "deployments have been stopped. Activated alarms: {alarms}"
)
ALARMS_UNREADABLE = "The alarms of the deployment could not be read: {reason}"
ROLE_MISSING = "The service role {role} cannot be accessed."
LEFTOVER_SERVES = (
    "The target group {group} has a task set of an earlier deployment and listener {listener} still sends production "
    "traffic there, not to the primary task set"
)
NOT_BEHIND_LISTENER = "Primary taskset target group must be behind listener {listener}"


class Ending(Exception):  # noqa: N818 - an end, not always an error
    """Thrown through the course of a deployment; a rollback follows if one of `events` is configured.

    `rollback` is what a caller of StopDeployment asked for, whatever is configured.
    """

    def __init__(
        self, status: Status, code: str, message: str, events: frozenset[str], rollback: bool | None = None
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code
        self.message = message
        self._events = events
        self._rollback = rollback

    def rolls_back(self, configured: frozenset[str]) -> bool:
        """Whether a rollback deployment follows, given the events configured for it."""
        return bool(self._events & configured) if self._rollback is None else self._rollback


def failed(code: str, message: str) -> Ending:
    """The deployment fails."""
    return Ending(Status.FAILED, code, message, frozenset({FAILURE}))


def stopped_on_request(rollback: bool | None) -> Ending:
    """StopDeployment was called; `rollback` is what the caller asked for, None leaves it to the group."""
    return Ending(Status.STOPPED, "MANUAL_STOP", ON_REQUEST, frozenset({STOP_ON_REQUEST}), rollback)


def stopped_by_alarms(message: str) -> Ending:
    """An alarm is red, or alarms cannot be read."""
    return Ending(Status.STOPPED, "ALARM_ACTIVE", message, frozenset({STOP_ON_ALARM}))


def not_continued(minutes: float) -> Ending:
    """The ready wait is over and nobody called ContinueDeployment."""
    message = NOT_CONTINUED.format(minutes=f"{minutes:g}")
    return Ending(Status.STOPPED, "TIMEOUT", message, frozenset({STOP_ON_REQUEST, FAILURE}))


def of_call(call: CallFailed, role_arn: str) -> Ending:
    """A call in the account did not work."""
    if call.unassumable:
        return failed("IAM_ROLE_MISSING", ROLE_MISSING.format(role=role_arn))
    if call.denied:
        text = (
            f"The IAM role {role_arn} does not give you permission to perform operations in the following AWS service"
        )
        return failed("IAM_ROLE_PERMISSIONS", f"{text}: {call.service}.")
    if call.service == "AWSLambda":
        return failed("INVALID_LAMBDA_FUNCTION", f"The lifecycle event hook could not be invoked: {call.message}")
    if call.service == "AmazonElasticLoadBalancing":
        return balancer_invalid(call.message)
    if call.service == "AmazonS3":
        return failed("REVISION_MISSING", f"The revision could not be read from Amazon S3: {call.message}")
    return failed(
        "ECS_UPDATE_ERROR",
        f"The ECS service cannot be updated due to an unexpected error: {call.message} (Service: {call.service}; "
        f"Status Code: {call.status}; Error Code: {call.code}; Request ID: {call.request_id}; Proxy: null). "
        "Check your ECS service status.",
    )


def balancer_invalid(reason: str) -> Ending:
    """A listener, rule or target group is not as CodeDeploy needs it."""
    text = "The ELB could not be updated due to the following error"
    return failed("ELASTIC_LOAD_BALANCING_INVALID", f"{text}: {reason}")
