"""All checks of one service, side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from bluegreen.release.errors import ReleaseError, in_one_line

from . import (
    alarm_states,
    change,
    deployment_group,
    deployment_running,
    hook_probe,
    hook_state,
    image_architecture,
    image_present,
    leftovers,
    listeners,
    production_traffic,
    protection,
    service_role,
    service_steady,
    target_groups,
    task_roles,
    template_there,
)
from .finding import Finding, doubtful

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .patient import Patient

CHECKS: Mapping[str, Callable[[Patient], Finding]] = {
    "deployment": deployment_running.look,
    "deployment-group": deployment_group.look,
    "service-role": service_role.look,
    "service": service_steady.look,
    "leftovers": leftovers.look,
    "listeners": listeners.look,
    "target-groups": target_groups.look,
    "production-traffic": production_traffic.look,
    "alarms": alarm_states.look,
    "hook-state": hook_state.look,
    "hook-probe": hook_probe.look,
    "protection": protection.look,
    "template": template_there.look,
    "task-roles": task_roles.look,
    "image": image_present.look,
    "architecture": image_architecture.look,
    "change": change.look,
}
"""By the names that are told, in the order in which they are told; docs/releases.md has a row for each."""
AT_ONCE = 8


def examine(patient: Patient) -> dict[str, Finding]:
    """Return what every check found, in order."""
    clients = patient.clients
    # Clients are made here: boto3's session makes none from several threads.
    _ = (clients.cloudwatch, clients.codedeploy, clients.ecr, clients.ecs, clients.elbv2, clients.iam, clients.lambda_)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        findings = pool.map(lambda look: _look(look, patient), CHECKS.values())
        return dict(zip(CHECKS, findings, strict=True))


def _look(look: Callable[[Patient], Finding], patient: Patient) -> Finding:
    """Let a check look; what it may not read is no ground to hold a release up."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - boto3 is imported by now

    try:
        return look(patient)
    except (BotoCoreError, ClientError, ReleaseError) as error:
        return doubtful(f"could not look: {in_one_line(error)}", "a release may fail on what was not seen here")
