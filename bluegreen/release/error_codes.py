"""What to do about each error code that CodeDeploy's API knows. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .step import Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.release_target import ReleaseTarget

ROLE = "the deployment group's service role"
STOPPED = "MANUAL_STOP"
BALANCER = "point the production listener at the target group of the primary task set"
NEXT_STEPS: Mapping[str, str] = {
    "ALARM_ACTIVE": "look at what raised the alarm, then release again: one that is still red stops that too",
    "APPLICATION_MISSING": "make the CodeDeploy application again{restore}, then release again",
    "CODEDEPLOY_RESOURCE_CANNOT_BE_FOUND": "make what is missing again{restore}, then release again",
    "DEPLOYMENT_GROUP_MISSING": "make the deployment group again{restore}, then release again",
    "ECS_UPDATE_ERROR": (
        "compare `bluegreen appspec {options}` with the task definition and the service, then release again"
    ),
    "ELASTIC_LOAD_BALANCING_INVALID": f"{BALANCER}, then release again",
    "HOOK_EXECUTION_FAILURE": "mend the image and release it under a new tag",
    "IAM_ROLE_MISSING": f"make {ROLE} again, with trust in CodeDeploy{{restore}}, then release again",
    "IAM_ROLE_PERMISSIONS": f"let {ROLE} do what is refused{{restore}}, then release again",
    "INTERNAL_ERROR": "release again; tell AWS's support when it comes back",
    "INVALID_ECS_SERVICE": (
        "make the service ACTIVE with the deployment controller CODE_DEPLOY{restore}, then release again"
    ),
    "INVALID_LAMBDA_CONFIGURATION": "mend the hook function's configuration{restore}, then release again",
    "INVALID_LAMBDA_FUNCTION": "make the hook function that the AppSpec names again{restore}, then release again",
    "INVALID_REVISION": "mend the AppSpec (`bluegreen appspec {options}` prints a good one), then release again",
    STOPPED: "ask who stopped it (CloudTrail's event StopDeployment names them), then release again",
    "MISSING_BLUE_GREEN_DEPLOYMENT_CONFIGURATION": (
        "give the deployment group its blue/green configuration{restore}, then release again"
    ),
    "MISSING_ELB_INFORMATION": (
        "give the deployment group its listeners and target groups{restore}, then release again"
    ),
    "RESOURCE_LIMIT_EXCEEDED": "ask AWS for a higher quota of what the message names, then release again",
    "REVISION_MISSING": (
        "upload the revision again, or release with `bluegreen deploy {options}`, which needs none in S3"
    ),
    "THROTTLED": "release again in some minutes: AWS throttled CodeDeploy",
    "TIMEOUT": "read the tasks' and the hook's logs, mend what never came, then release again",
}
"""`{options}` and `{restore}` are filled in."""

NOT_OF_ECS = frozenset(
    {
        "AGENT_ISSUE",
        "AUTOSCALING_VALIDATION_ERROR",
        "AUTO_SCALING_CONFIGURATION",
        "AUTO_SCALING_IAM_ROLE_PERMISSIONS",
        "CLOUDFORMATION_STACK_FAILURE",
        "CUSTOMER_APPLICATION_UNHEALTHY",
        "ELB_INVALID_INSTANCE",
        "HEALTH_CONSTRAINTS",
        "HEALTH_CONSTRAINTS_INVALID",
        "MISSING_GITHUB_TOKEN",
        "NO_EC2_SUBSCRIPTION",
        "NO_INSTANCES",
        "OVER_MAX_INSTANCES",
    }
)
"""Codes of deployments to instances, of revisions on GitHub and of CloudFormation: none of them is shown with ECS."""

UNKNOWN = "mend what the reason names, then release again"


def next_step(code: str, target: ReleaseTarget) -> str:
    """Say what to do; of a code that is not known here, what is always right."""
    restore = Step("", "`make deploy ENV={environment}` does that").fit(target)
    return NEXT_STEPS.get(code, UNKNOWN).format(options=target.options, restore=restore)
