"""What is looked at before the first lifecycle event; whether the hooks exist is not part of it."""

from __future__ import annotations

from . import bundle
from .account import Service
from .appspec import AppSpec, AppSpecError
from .bundle import NO_APPSPEC
from .ending import failed
from .run import Run, Steps
from .survey import service_of

MISSING = {
    "APPLICATION_MISSING": "The application was deleted before the deployment started.",
    "DEPLOYMENT_GROUP_MISSING": "The deployment group was deleted before the deployment started.",
}
CONTROLLER = "Deployment group's ECS service must be configured for a CODE_DEPLOY deployment controller."


def guard(run: Run) -> Steps[None]:
    """Let the deployment in.

    Raises:
        Ending: application or group are gone, the service cannot be deployed to, the revision is not readable, or an
            alarm is red already.
        CallFailed: ECS or S3 refused a call.
    """
    if run.deployment.missing:
        raise failed(run.deployment.missing, MISSING[run.deployment.missing])
    for watch in run.watches:
        watch()
    service = yield from run.call(lambda: service_of(run))
    _check(service, run.deployment.terms.service)
    if run.deployment.appspec is None:
        location = run.deployment.revision.location
        body = yield from run.call(lambda: run.role.get_object(location))
        run.deployment.appspec = _appspec(body, location["bundleType"])


def _check(service: Service, name: str) -> None:
    if service.status != "ACTIVE":
        raise failed("INVALID_ECS_SERVICE", f"The ECS service {name} is {service.status}.")
    if service.controller != "CODE_DEPLOY":
        raise failed("INVALID_ECS_SERVICE", CONTROLLER)


def _appspec(body: bytes, bundle_type: str) -> AppSpec:
    try:
        return bundle.read(body, bundle_type)
    except AppSpecError as error:
        found = str(error)
        message = found if found == NO_APPSPEC else f"The AppSpec of the revision is not valid: {found}"
        raise failed("INVALID_REVISION", message) from error
