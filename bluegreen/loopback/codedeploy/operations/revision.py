"""Operations on application revisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bluegreen.loopback.codedeploy.application import Application
from bluegreen.loopback.codedeploy.deployment_rules import check_description
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.names import application_name
from bluegreen.loopback.codedeploy.revision import RegisteredRevision, Revision
from bluegreen.loopback.codedeploy.revision_rules import referenced, revision_of

from .batch import batch
from .operation import Answer, Backend, Operation, Request, alone
from .paging import page

_SORTS = {"registerTime": "registered", "firstUsedTime": "first_used", "lastUsedTime": "last_used"}
_DEPLOYED = ("include", "exclude", "ignore")
MOST_IN_A_BATCH = 25


@alone
def register_application_revision(backend: Backend, request: Request) -> Answer:
    application = backend.ledger.application(application_name(request))
    check_description(request)
    application.register(revision_of(request.get("revision")), backend.clock.now(), request.get("description"))
    return {}


@alone
def get_application_revision(backend: Backend, request: Request) -> Answer:
    """The one operation that gives the content of an inline AppSpec back."""
    application = backend.ledger.application(application_name(request))
    found = _find(application, request.get("revision"))
    if found is None:
        raise _unknown()
    return {
        "applicationName": application.name,
        "revision": found.revision.describe(content=True),
        "revisionInfo": found.describe(),
    }


@alone
def batch_get_application_revisions(backend: Backend, request: Request) -> Answer:
    application = backend.ledger.application(application_name(request))
    wanted = batch(request.get("revisions"), MOST_IN_A_BATCH)
    if not wanted:
        raise Refusal("RevisionRequired", "The revision must be specified")
    found = [_find(application, location) for location in wanted]
    infos = [_info(one) for one in found if one]
    missing = "Some of the revisions are not registered" if len(infos) < len(found) else None
    return {"applicationName": application.name, "revisions": infos, "errorMessage": missing}


@alone
def list_application_revisions(backend: Backend, request: Request) -> Answer:
    application = backend.ledger.application(application_name(request))
    sort, order = request.get("sortBy") or "registerTime", request.get("sortOrder") or "ascending"
    if sort not in _SORTS:
        raise Refusal("InvalidSortBy", f"Revisions are sorted by {', '.join(_SORTS)}, not by {sort}")
    if order not in {"ascending", "descending"}:
        raise Refusal("InvalidSortOrder", f"The order is ascending or descending, not {order}")
    _check_filter(request)
    live = [revision.key for name in application.groups if (revision := backend.ledger.live(application.name, name))]
    found = list(application.revisions.values())
    found.sort(key=lambda one: getattr(one, _SORTS[sort]) or 0.0, reverse=order == "descending")
    return page(
        found,
        "revisions",
        request.get("nextToken"),
        wanted=lambda one: _wanted(one, request, one.revision.key in live),
        mark=lambda one: repr(one.revision.key),
        show=lambda one: one.revision.describe(content=False),
    )


def _check_filter(request: Request) -> None:
    if request.get("s3KeyPrefix") and not request.get("s3Bucket"):
        raise Refusal("BucketNameFilterRequired", "A key prefix needs the bucket name")
    if request.get("deployed") not in {None, *_DEPLOYED}:
        raise Refusal("InvalidDeployedStateFilter", f"The filter is one of {', '.join(_DEPLOYED)}")


def _wanted(registered: RegisteredRevision, request: Request, live: bool) -> bool:
    location = registered.revision.location
    if request.get("s3Bucket") and location.get("bucket") != request["s3Bucket"]:
        return False
    if request.get("deployed") in {"include", "exclude"} and live is not (request["deployed"] == "include"):
        return False
    return str(location.get("key", "")).startswith(request.get("s3KeyPrefix") or "")


def revision_in(application: Application, location: Mapping[str, Any] | None) -> Revision:
    """Return the revision at the location; one that is given by its SHA-256 alone must be registered.

    Raises:
        Refusal: it is not, or the location is none that ECS takes.
    """
    key = referenced(location)
    if key is None:
        return revision_of(location)
    if key not in application.revisions:
        raise _unknown()
    return application.revisions[key].revision


def _find(application: Application, location: Mapping[str, Any] | None) -> RegisteredRevision | None:
    return application.revisions.get(referenced(location) or revision_of(location).key)


def _unknown() -> Refusal:
    return Refusal("RevisionDoesNotExist", "The revision is not registered with the application")


def _info(registered: RegisteredRevision) -> dict[str, Any]:
    revision: Revision = registered.revision
    return {"revisionLocation": revision.describe(content=True), "genericRevisionInfo": registered.describe()}


OPERATIONS: tuple[Operation, ...] = (
    register_application_revision,
    get_application_revision,
    batch_get_application_revisions,
    list_application_revisions,
)
