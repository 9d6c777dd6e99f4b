"""What CreateDeployment checks at once; the rest shows as a failed deployment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import appspec
from .alarm_rules import check_alarms, check_rollback
from .appspec import AppSpec, AppSpecError
from .configuration import Configuration
from .exceptions import Refusal
from .revision import Revision

# The user guide says 256; clients in use cut their texts at 512, so the service takes that much.
LONGEST_DESCRIPTION = 512
FILE_EXISTS = ("DISALLOW", "OVERWRITE", "RETAIN")


def check_request(request: Mapping[str, Any]) -> None:
    """Check what only EC2 has, and the overrides.

    Raises:
        Refusal: with the exception that AWS has for it.
    """
    check_description(request)
    if request.get("ignoreApplicationStopFailures"):
        message = "For ECS deployment, ignoreApplicationStopFailures is expected to be false"
        raise Refusal("InvalidIgnoreApplicationStopFailuresValue", message)
    if request.get("updateOutdatedInstancesOnly"):
        message = "For ECS deployment, updateOutdatedInstancesOnly is expected to be false"
        raise Refusal("InvalidUpdateOutdatedInstancesOnlyValue", message)
    if request.get("targetInstances"):
        raise Refusal("InvalidTargetInstances", "For ECS deployment, targetInstances can not be specified")
    if (request.get("ec2DeploymentOptions") or {}).get("autoScalingGroupProcessesToSuspend"):
        message = "For ECS deployment, autoScalingGroupProcessesToSuspend can not be specified"
        raise Refusal("InvalidAutoScalingGroupProcessToSuspend", message)
    if request.get("fileExistsBehavior") not in {None, *FILE_EXISTS}:
        message = f"The file exists behavior must be one of {', '.join(FILE_EXISTS)}"
        raise Refusal("InvalidFileExistsBehavior", message)
    if request.get("deploymentMode") not in {None, "STANDARD"}:
        raise Refusal("InvalidInput", f"The deployment mode {request['deploymentMode']} is not supported for ECS")
    check_alarms(request.get("overrideAlarmConfiguration"))
    check_rollback(request.get("autoRollbackConfiguration"))


def check_description(request: Mapping[str, Any]) -> None:
    """Refuse a description that is too long."""
    if len(request.get("description") or "") > LONGEST_DESCRIPTION:
        raise Refusal("DescriptionTooLong", f"The description has more than {LONGEST_DESCRIPTION} characters")


def check_configuration(configuration: Configuration) -> None:
    """Refuse a configuration of another platform."""
    if configuration.platform != "ECS":
        message = f"{configuration.name} is for the compute platform {configuration.platform}, the application for ECS"
        raise Refusal("InvalidComputePlatform", message)


def inline_appspec(revision: Revision) -> AppSpec | None:
    """Return the AppSpec of an inline revision; that of S3 is read when the deployment starts.

    Raises:
        Refusal: it is not an AppSpec for ECS.
    """
    if revision.text is None:
        return None
    try:
        return appspec.parse(revision.text)
    except AppSpecError as error:
        raise Refusal("InvalidRevision", f"The AppSpec is not valid: {error}") from error
