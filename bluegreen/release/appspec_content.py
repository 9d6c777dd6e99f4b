"""The AppSpec of a release: which revision, behind which port, with which hooks and network."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_codedeploy.type_defs import RevisionLocationTypeDef

    from bluegreen.release_target import ReleaseTarget

LIFECYCLE_EVENTS = (
    "BeforeInstall",
    "AfterInstall",
    "AfterAllowTestTraffic",
    "BeforeAllowTraffic",
    "AfterAllowTraffic",
)
"""The events that can call a function, in the order in which CodeDeploy comes to them."""


def document(target: ReleaseTarget, task_definition: str, *, hooked: bool = True) -> dict[str, Any]:
    """Build the AppSpec for a revision's full ARN, with or without the target's hooks.

    The network travels along because ECS refuses to change it on the service itself
    (`UpdateService` under the CODE_DEPLOY controller). What is left out, CodeDeploy takes over from the live task set.
    """
    functions = target.functions
    return {
        "version": 0.0,
        "Resources": [
            {
                "TargetService": {
                    "Type": "AWS::ECS::Service",
                    "Properties": {
                        "TaskDefinition": task_definition,
                        "LoadBalancerInfo": {
                            "ContainerName": target.container_name,
                            "ContainerPort": target.container_port,
                        },
                        **_platform(target),
                    },
                }
            }
        ],
        "Hooks": [{event: functions[event]} for event in LIFECYCLE_EVENTS if hooked and event in functions],
    }


def content(appspec: Mapping[str, Any]) -> str:
    """Write the AppSpec as JSON: CodeDeploy reads it as YAML, of which JSON is a part."""
    return json.dumps(appspec, separators=(",", ":"))


def revision_location(text: str) -> RevisionLocationTypeDef:
    """Wrap an AppSpec's text for CreateDeployment, with the SHA-256 of exactly this text in lower-case hex."""
    return {
        "revisionType": "AppSpecContent",
        "appSpecContent": {"content": text, "sha256": hashlib.sha256(text.encode()).hexdigest()},
    }


def task_definition_of(text: str) -> str | None:
    """Read the task definition out of anybody's AppSpec, whatever the case of its keys; None when it names none."""
    import yaml  # noqa: PLC0415 - `--help` need not pay for it

    try:
        found = _lower(yaml.safe_load(text))
        (service,) = found["resources"][0].values()
        return str(service["properties"]["taskdefinition"])
    except (yaml.YAMLError, KeyError, IndexError, TypeError, ValueError, AttributeError):
        return None


def hooks_of(text: str) -> dict[str, str]:
    """Read out of anybody's AppSpec which function, by name or ARN, each lifecycle event calls."""
    import yaml  # noqa: PLC0415 - `--help` need not pay for it

    try:
        named = [pair for one in _lower(yaml.safe_load(text)).get("hooks") or [] for pair in one.items()]
    except (yaml.YAMLError, TypeError, AttributeError):
        return {}
    events = {event.lower(): event for event in LIFECYCLE_EVENTS}
    return {events.get(event, event): str(function) for event, function in named if function}


def _platform(target: ReleaseTarget) -> dict[str, Any]:
    """Name the platform version where tasks run on Fargate, and the network where they have one of their own."""
    network = {
        "Subnets": list(target.subnets),
        "SecurityGroups": list(target.security_groups),
        "AssignPublicIp": target.assign_public_ip,
    }
    return {
        **({"PlatformVersion": target.platform_version} if target.platform_version else {}),
        **({"NetworkConfiguration": {"AwsvpcConfiguration": network}} if target.subnets else {}),
    }


def _lower(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key).lower(): _lower(one) for key, one in value.items()}
    return [_lower(one) for one in value] if isinstance(value, list) else value
