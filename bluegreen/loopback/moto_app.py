"""moto's application for one service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.moto_server.werkzeug_app import create_backend_app

if TYPE_CHECKING:
    from flask import Flask
    from moto.backends import SERVICE_NAMES


def create(service: SERVICE_NAMES | None) -> Flask:
    """Return the application of `service`, as moto calls it; None where it knows none that the request could be for.

    Raises:
        NotImplementedError: it knows none.
    """
    if service is None:
        raise NotImplementedError("moto has nothing of this service")
    return create_backend_app(service)
