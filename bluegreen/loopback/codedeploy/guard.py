"""What is looked at before the first lifecycle event; whether the hooks exist is not part of it."""

from __future__ import annotations

from . import appspec
from .account import Service
from .appspec import AppSpec, AppSpecError
from .ending import failed
from .run import Run, Steps
from .survey import service_of

CONTROLLER = "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller."


def guard(run: Run) -> Steps[None]:
    """Let the deployment in.

    Raises:
        Ending: the service cannot be deployed to, the revision is not readable, or an alarm is red already.
        CallFailed: ECS or S3 refused a call.
    """
    for watch in run.watches:
        watch()
    service = yield from run.call(lambda: service_of(run))
    _check(service, run.deployment.terms.service)
    if run.deployment.appspec is None:
        body = yield from run.call(lambda: run.role.get_object(run.deployment.revision.location))
        run.deployment.appspec = _parsed(body)


def _check(service: Service, name: str) -> None:
    if service.status != "ACTIVE":
        raise failed("INVALID_ECS_SERVICE", f"The ECS service {name} is {service.status}.")
    if service.controller != "CODE_DEPLOY":
        raise failed("INVALID_ECS_SERVICE", CONTROLLER)


def _parsed(body: bytes) -> AppSpec:
    try:
        return appspec.parse(body.decode())
    except (AppSpecError, UnicodeDecodeError) as error:
        raise failed("INVALID_REVISION", f"The AppSpec of the revision is not valid: {error}") from error
