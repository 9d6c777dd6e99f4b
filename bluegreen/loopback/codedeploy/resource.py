"""What a request is about: the resource that IAM holds it to."""

from __future__ import annotations

from typing import Any, Protocol

from .ledger import Ledger


class Account(Protocol):
    """Knows the deployments, and the ARNs of an account and region."""

    ledger: Ledger

    def application_arn(self, name: str) -> str: ...

    def group_arn(self, application: str, name: str) -> str: ...


def resource_of(account: Account, request: dict[str, Any]) -> str | None:
    """Return the ARN of the deployment group or the application that a request names.

    A deployment has no ARN of its own: its deployment group stands for it (Service Authorization Reference). None where
    the request names nothing that there is.
    """
    deployment = _deployment(account.ledger, request)
    if deployment:
        return account.group_arn(*deployment)
    application = request.get("applicationName")
    group = request.get("deploymentGroupName") or request.get("currentDeploymentGroupName")
    if application and group:
        return account.group_arn(application, group)
    return account.application_arn(application) if application else None


def _deployment(ledger: Ledger, request: dict[str, Any]) -> tuple[str, str] | None:
    deployment_id = request.get("deploymentId")
    if not isinstance(deployment_id, str):
        return None
    with ledger.lock:
        found = ledger.deployments.get(deployment_id)
    return (found.application, found.group) if found else None
