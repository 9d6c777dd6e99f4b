"""Whether ECS can take the roles that the new tasks start and run with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import role
from .finding import Finding, sound, wrong

if TYPE_CHECKING:
    from .patient import Patient
    from .role import Role

ECS_TASKS = "ecs-tasks.amazonaws.com"


def look(patient: Patient) -> Finding:
    """Ask IAM for both roles of the template."""
    template = patient.template()
    named = {"execution role": template.get("executionRoleArn"), "task role": template.get("taskRoleArn")}
    return judge({what: role.read(patient.clients.iam, arn) for what, arn in named.items() if arn})


def judge(roles: dict[str, Role]) -> Finding:
    """Judge that they are there and trust ECS; whether a role may pass them IAM tells nobody without being asked."""
    for what, found in roles.items():
        if not found.is_there:
            return wrong(f"the {what} {found.name} is gone: no task can start", "make it again, then release")
        if ECS_TASKS not in found.trusts:
            listed = ", ".join(sorted(found.trusts)) or "no service"
            return wrong(
                f"the {what} {found.name} trusts {listed}, not {ECS_TASKS}",
                f"let its trust policy allow sts:AssumeRole to {ECS_TASKS}",
            )
    listed = " and ".join(f"{found.name} ({what})" for what, found in roles.items())
    passing = "; whether you and CodeDeploy may pass them (iam:PassRole) is not known"
    return sound(f"ECS may take {listed}{passing}" if roles else "the template names no roles")
