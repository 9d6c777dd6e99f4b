"""Whether CodeDeploy can take the role with which it moves tasks and traffic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import role
from .finding import Finding, sound, wrong

if TYPE_CHECKING:
    from .patient import Patient
    from .role import Role

CODEDEPLOY = "codedeploy."
"""How the service is named begins so; `codedeploy.us-east-1.amazonaws.com` is one of its names."""


def look(patient: Patient) -> Finding:
    """Ask IAM for the deployment group's role."""
    arn = patient.group().get("serviceRoleArn", "")
    if not arn:
        return sound("there is no deployment group to look at")
    return judge(role.read(patient.clients.iam, arn))


def judge(found: Role) -> Finding:
    """Judge that it is there and trusts CodeDeploy; what it may do only a deployment shows."""
    if not found.is_there:
        return wrong(f"the service role {found.name} is gone: CodeDeploy can do nothing", "make it again")
    if not any(one.startswith(CODEDEPLOY) for one in found.trusts):
        listed = ", ".join(sorted(found.trusts)) or "no service"
        return wrong(
            f"the service role {found.name} trusts {listed}, not CodeDeploy",
            "let its trust policy allow sts:AssumeRole to codedeploy.amazonaws.com",
        )
    return sound(f"{found.name} trusts CodeDeploy")
