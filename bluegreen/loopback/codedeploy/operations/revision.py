"""Operations on application revisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bluegreen.loopback.codedeploy.application import Application
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.names import application_name
from bluegreen.loopback.codedeploy.revision import RegisteredRevision, Revision
from bluegreen.loopback.codedeploy.revision_rules import revision_of

from .batch import batch
from .operation import Answer, Backend, Operation, Request, alone
from .paging import page

_SORTS = {"registerTime": "registered", "firstUsedTime": "first_used", "lastUsedTime": "last_used"}
MOST_IN_A_BATCH = 25


@alone
def register_application_revision(backend: Backend, request: Request) -> Answer:
    application = backend.ledger.application(application_name(request))
    application.register(revision_of(request.get("revision")), backend.clock.now(), request.get("description"))
    return {}


@alone
def get_application_revision(backend: Backend, request: Request) -> Answer:
    """The one operation that gives the content of an inline AppSpec back."""
    application = backend.ledger.application(application_name(request))
    found = _find(application, request.get("revision"))
    if found is None:
        raise Refusal("RevisionDoesNotExist", "The revision is not registered with the application")
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
    found = [one for one in application.revisions.values() if _wanted(one, request)]
    found.sort(key=lambda one: getattr(one, _SORTS[sort]) or 0.0, reverse=order == "descending")
    return page([one.revision.describe(content=False) for one in found], "revisions", request.get("nextToken"))


def _wanted(registered: RegisteredRevision, request: Request) -> bool:
    location = registered.revision.location
    if request.get("s3Bucket") and location.get("bucket") != request["s3Bucket"]:
        return False
    return str(location.get("key", "")).startswith(request.get("s3KeyPrefix") or "")


def _find(application: Application, location: Mapping[str, Any] | None) -> RegisteredRevision | None:
    """Look an inline revision up by its SHA-256 or its content, another one by its location."""
    kind = (location or {}).get("revisionType")
    inline = (location or {}).get("appSpecContent" if kind == "AppSpecContent" else "string") or {}
    if inline.get("sha256") and not inline.get("content"):
        return application.revisions.get((kind, inline["sha256"]))
    return application.revisions.get(revision_of(location).key)


def _info(registered: RegisteredRevision) -> dict[str, Any]:
    revision: Revision = registered.revision
    return {"revisionLocation": revision.describe(content=True), "genericRevisionInfo": registered.describe()}


OPERATIONS: tuple[Operation, ...] = (
    register_application_revision,
    get_application_revision,
    batch_get_application_revisions,
    list_application_revisions,
)
