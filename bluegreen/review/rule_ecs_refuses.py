"""Updates of a service that Terraform plans without a word, and that ECS refuses when they are applied."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding
from .plan import Change, Kind, Plan

_NOT_IN_THE_CALL = frozenset({"force_delete", "id", "tags", "tags_all", "timeouts", "wait_for_steady_state"})
FORCE = "force_new_deployment"

UPDATABLE = _NOT_IN_THE_CALL | {
    "deployment_maximum_percent",
    "deployment_minimum_healthy_percent",
    "desired_count",
    "enable_ecs_managed_tags",
    "enable_execute_command",
    "health_check_grace_period_seconds",
    "ordered_placement_strategy",
    "placement_constraints",
    "propagate_tags",
    "triggers",
}
"""What UpdateService takes under CODE_DEPLOY
(https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_UpdateService.html); it refuses all else."""

TRAVELS = "task_definition", "load_balancer", "network_configuration", "platform_version", "capacity_provider_strategy"
"""What an AppSpec can carry."""


def ecs_refuses_no_update(plan: Plan) -> Iterator[Finding]:
    """Object to an update in place of a service under CODE_DEPLOY that ECS would refuse."""
    for change in plan.of_types("aws_ecs_service"):
        if change.kind is not Kind.CHANGED or not _is_under_codedeploy(change):
            continue
        refused = _refused(change)
        if refused:
            yield Finding(
                address=change.address,
                rule="ecs-refuses",
                what=f"{', '.join(refused)} of the service would be updated in place",
                why="ECS refuses this under CODE_DEPLOY: the apply fails half-way, after what it changed before",
                instead=_instead(refused),
            )


def _refused(change: Change) -> list[str]:
    changed = [name for name in sorted({*change.before, *change.after}) if change.touches(name)]
    sent = [name for name in changed if name not in _NOT_IN_THE_CALL]
    # The provider puts it into every call.
    forced = [FORCE] if sent and change.after.get(FORCE) is True else []
    return sorted({*forced, *(name for name in sent if name not in UPDATABLE)})


def _is_under_codedeploy(change: Change) -> bool:
    controllers = change.before.get("deployment_controller") or ()
    return any(controller.get("type") == "CODE_DEPLOY" for controller in controllers)


def _instead(refused: list[str]) -> str:
    if all(name in TRAVELS for name in refused):
        return "keep it in the service's ignore_changes; it travels with the next `bluegreen deploy`"
    return "take the change back, or plan a new service beside this one"
