"""Operations on applications."""

from __future__ import annotations

from bluegreen.loopback.codedeploy.application import Application
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.names import application_name

from .batch import batch
from .operation import Answer, Backend, Operation, Request, alone
from .paging import page
from .tag import checked

PLATFORMS = ("Server", "Lambda", "ECS")


@alone
def create_application(backend: Backend, request: Request) -> Answer:
    name = application_name(request)
    platform = request.get("computePlatform") or "Server"
    if platform not in PLATFORMS:
        raise Refusal("InvalidComputePlatform", f"The compute platform is invalid: {platform}")
    _check_free(backend, name)
    tags = checked(request.get("tags"))
    application = Application(name=name, platform=platform, created=backend.clock.now())
    backend.ledger.applications[name] = application
    backend.tagger.tag_resource(backend.application_arn(name), tags)
    return {"applicationId": application.id}


@alone
def get_application(backend: Backend, request: Request) -> Answer:
    return {"application": backend.ledger.application(application_name(request)).describe()}


@alone
def batch_get_applications(backend: Backend, request: Request) -> Answer:
    if not request.get("applicationNames"):
        raise Refusal("ApplicationNameRequired", "Application name must be specified")
    names = [application_name({"applicationName": name}) for name in batch(request["applicationNames"])]
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
    backend.move_tags(backend.application_arn(application.name), backend.application_arn(name))
    for group in application.groups.values():
        backend.move_tags(backend.group_arn(application.name, group.name), backend.group_arn(name, group.name))
    ledger.rename_application(application, name)
    return {}


@alone
def delete_application(backend: Backend, request: Request) -> Answer:
    """Deleting what is not there is no error."""
    name = application_name(request)
    application = backend.ledger.applications.pop(name, None)
    for group in application.groups if application else ():
        backend.ledger.orphan(name, group, "APPLICATION_MISSING")
        backend.tagger.delete_all_tags_for_resource(backend.group_arn(name, group))
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
