"""The paths under /_loopback: what a rehearsal sets up, and what a task asks about itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from . import announcement, machine, registry
from .ecs import task_metadata
from .images import Image

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX = "/_loopback/"


class Control:
    """Answers its own paths and hands everything else on."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith(PREFIX):
            return self._application(environ, start_response)
        return _answer(Request(environ))(environ, start_response)


def _answer(request: Request) -> Response:
    words = request.path.removeprefix(PREFIX).split("/")
    found = _read(words) if request.method == "GET" else None
    if (request.method, words) == ("PUT", ["images"]):
        return _put_image(request)
    return found or _error(HTTPStatus.NOT_FOUND, f"no control path {request.method} {request.path}")


def _read(words: list[str]) -> Response | None:
    match words:
        case ["health"]:
            return _json({"status": "ready"})
        case ["environment"]:
            return Response(announcement.exports(announcement.variables()), mimetype="text/plain")
        case ["blobs", digest]:
            return _blob(machine.get().images.configuration(digest))
        case ["metadata", container]:
            return _found(task_metadata.container(container))
        case ["metadata", container, "task"]:
            return _found(task_metadata.task(container))
    return None


def _put_image(request: Request) -> Response:
    try:
        image = Image.of(json.loads(request.get_data()))
    except ValueError as error:  # also what is no JSON, or no UTF-8
        return _error(HTTPStatus.BAD_REQUEST, str(error))
    try:
        return _json({"digest": registry.put(image)})
    except registry.RegistryError as error:
        return _error(HTTPStatus.CONFLICT, str(error))


def _blob(found: bytes | None) -> Response:
    return Response(found) if found else _error(HTTPStatus.NOT_FOUND, "no such blob")


def _found(document: dict[str, Any] | None) -> Response:
    return _json(document) if document else _error(HTTPStatus.NOT_FOUND, "no such container")


def _error(status: HTTPStatus, message: str) -> Response:
    return Response(json.dumps({"error": message}), status, mimetype="application/json")


def _json(document: dict[str, Any]) -> Response:
    return Response(json.dumps(document), mimetype="application/json")
