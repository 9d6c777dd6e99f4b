"""Operations on applications."""

from __future__ import annotations

from bluegreen.loopback.codedeploy.application import Application
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.names import application_name

from .batch import batch
from .operation import Answer, Backend, Operation, Request, alone
from .paging import page

PLATFORMS = ("Server", "Lambda", "ECS", "Kubernetes")


@alone
def create_application(backend: Backend, request: Request) -> Answer:
    name = application_name(request)
    platform = request.get("computePlatform") or "Server"
    if platform not in PLATFORMS:
        raise Refusal("InvalidComputePlatform", f"The compute platform is invalid: {platform}")
    _check_free(backend, name)
    application = Application(name=name, platform=platform, created=backend.clock.now())
    backend.ledger.applications[name] = application
    if request.get("tags"):
        backend.tagger.tag_resource(backend.application_arn(name), request["tags"])
    return {"applicationId": application.id}


@alone
def get_application(backend: Backend, request: Request) -> Answer:
    return {"application": backend.ledger.application(application_name(request)).describe()}


@alone
def batch_get_applications(backend: Backend, request: Request) -> Answer:
    if not request.get("applicationNames"):
        raise Refusal("ApplicationNameRequired", "Application name must be specified")
    names = batch(request["applicationNames"])
    return {"applicationsInfo": [backend.ledger.application(name).describe() for name in names]}


@alone
def list_applications(backend: Backend, request: Request) -> Answer:
    return page(list(backend.ledger.applications), "applications", request.get("nextToken"))


@alone
def update_application(backend: Backend, request: Request) -> Answer:
    """Rename it; its groups and deployments go along."""
    ledger = backend.ledger
    application = ledger.application(application_name(request))
    if not request.get("newApplicationName"):
        return {}
    name = application_name(request, "newApplicationName")
    _check_free(backend, name)
    for deployment in ledger.deployments.values():
        if deployment.application == application.name:
            deployment.application = name
    for group in application.groups.values():
        group.application = name
    ledger.applications[name] = ledger.applications.pop(application.name)
    application.name = name
    return {}


@alone
def delete_application(backend: Backend, request: Request) -> Answer:
    """Deleting what is not there is no error."""
    name = application_name(request)
    backend.ledger.applications.pop(name, None)
    backend.tagger.delete_all_tags_for_resource(backend.application_arn(name))
    return {}


def _check_free(backend: Backend, name: str) -> None:
    if name in backend.ledger.applications:
        raise Refusal("ApplicationAlreadyExists", f"An application with the name {name} already exists")


OPERATIONS: tuple[Operation, ...] = (
    create_application,
    get_application,
    batch_get_applications,
    list_applications,
    update_application,
    delete_application,
)
