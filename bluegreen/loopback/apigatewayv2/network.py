"""What moto keeps of HTTP APIs, as the data plane wants it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from moto.apigatewayv2.models import Api, Integration, Route

from bluegreen.loopback.data_plane import views

PORT = 8888
LISTENER = ":listener/"
OPEN = "NONE"
"""The AuthorizationType of a route that everyone may call."""


def network(apis: Iterable[Api], vpc_links: Collection[str]) -> views.Network:
    """Return the HTTP APIs with their stages and routes; `vpc_links` are the ids of those that exist."""
    return views.Network(apis=tuple(_api(api, vpc_links) for api in apis if api.protocol_type == "HTTP"))


def _api(api: Api, vpc_links: Collection[str]) -> views.HttpApi:
    return views.HttpApi(
        address=urlsplit(api.api_endpoint).hostname or "",
        port=PORT,
        stages=tuple(api.stages),
        routes=tuple(_route(route, api, vpc_links) for route in api.routes.values()),
    )


def _route(route: Route, api: Api, vpc_links: Collection[str]) -> views.ApiRoute:
    method, _, path = route.route_key.rpartition(" ")
    closed = (route.authorization_type or OPEN) != OPEN
    integration = api.integrations.get((route.target or "").removeprefix("integrations/"))
    if integration is None:
        return views.ApiRoute(method=method or "ANY", path=path, listener=None, closed=closed)
    return views.ApiRoute(
        method=method or "ANY",
        path=path,
        listener=_listener(integration, vpc_links),
        timeout=integration.timeout_in_millis or 30_000,
        closed=closed,
    )


def _listener(integration: Integration, vpc_links: Collection[str]) -> str | None:
    uri = integration.integration_uri or ""
    private = integration.connection_type == "VPC_LINK" and integration.connection_id in vpc_links
    return uri if private and LISTENER in uri else None
