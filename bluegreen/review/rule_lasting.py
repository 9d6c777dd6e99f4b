"""The parts of a blue/green service that must outlive every apply."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding
from .plan import Kind, Plan

_TRAFFIC = "users reach nothing until it is there again"

LASTING = {
    "aws_ecs_service": (
        "ECS service",
        "all its tasks stop, and the new service starts with the template, not with the version that is live",
    ),
    "aws_lb": ("load balancer", f"{_TRAFFIC}, and its address changes"),
    "aws_lb_listener": ("listener", f"{_TRAFFIC}; CodeDeploy moves the listener that the deployment group names"),
    "aws_lb_target_group": (
        "target group",
        "the tasks of the live version may be in it: only ECS registers them, and only in a release",
    ),
    "aws_codedeploy_deployment_group": (
        "deployment group",
        "a release under way is lost with it, and so is the history that a rollback goes back to",
    ),
    "aws_codedeploy_app": ("CodeDeploy application", "its deployment group and their history go with it"),
    "aws_ecs_cluster": ("ECS cluster", "every service in it goes with it"),
    "aws_apigatewayv2_api": ("HTTP API", "its public address is lost for good; a new one gets another"),
    "aws_ecr_repository": ("image repository", "the images that are live, and those that a rollback needs, go with it"),
}

_SYNONYMS = {"aws_alb": "aws_lb", "aws_alb_listener": "aws_lb_listener", "aws_alb_target_group": "aws_lb_target_group"}

INSTEAD = {
    Kind.REPLACED: "take the change that forces it back, or build the new part beside the old one and move over",
    Kind.DESTROYED: "keep it in the configuration; to end the whole environment use `make destroy`",
}


def what_lasts_is_not_replaced(plan: Plan) -> Iterator[Finding]:
    """Object to each lasting part that would be replaced or destroyed."""
    for change in plan.changes:
        type_ = _SYNONYMS.get(change.type, change.type)
        if not change.is_gone or type_ not in LASTING:
            continue
        name, why = LASTING[type_]
        forced = f", forced by {', '.join(change.replaced_for)}" if change.replaced_for else ""
        yield Finding(
            address=change.address,
            rule="lasting",
            what=f"the {name} is {change.kind}{forced}",
            why=why,
            instead=INSTEAD[change.kind],
        )
