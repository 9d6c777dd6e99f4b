"""The API Gateway v2 backend: moto's records, and a proxy that does what they say."""

from __future__ import annotations

from typing import Any, TypeVar

from moto.apigatewayv2.models import Api, ApiGatewayV2Backend, DomainName, Integration, Route, Stage

from bluegreen.loopback import machine
from bluegreen.loopback.data_plane import plane
from bluegreen.loopback.data_plane.views import Network

from .custom_domain import described
from .exceptions import ProxyError
from .network import PORT, network

Result = TypeVar("Result")


class LoopbackApiGatewayV2Backend(ApiGatewayV2Backend):
    """HTTP APIs on addresses of their own; a change holds when the call returns."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self._plane = plane.get()
        self._plane.add(self)

    def reset(self) -> None:
        self._plane.remove(self)
        super().reset()

    def network(self) -> Network:
        """Return what is to be served now."""
        return network(list(self.apis.values()), set(self.vpc_links))

    def create_api(self, *args: Any, **values: Any) -> Api:
        api = super().create_api(*args, **values)
        api.api_endpoint = f"http://{machine.get().addresses.next()}:{PORT}"
        try:
            return self._served(api)
        except ProxyError:
            self.apis.pop(api.api_id, None)
            self._plane.publish_soon()
            raise

    def delete_api(self, api_id: str) -> None:
        self._served(super().delete_api(api_id))

    def reimport_api(self, api_id: str, body: str, fail_on_warnings: bool) -> Api:
        return self._served(super().reimport_api(api_id, body, fail_on_warnings))

    def create_route(self, *args: Any, **values: Any) -> Route:
        return self._served(super().create_route(*args, **values))

    def update_route(self, *args: Any, **values: Any) -> Route:
        return self._served(super().update_route(*args, **values))

    def delete_route(self, api_id: str, route_id: str) -> None:
        self._served(super().delete_route(api_id, route_id))

    def create_integration(self, *args: Any, **values: Any) -> Integration:
        return self._served(super().create_integration(*args, **values))

    def update_integration(self, *args: Any, **values: Any) -> Integration:
        return self._served(super().update_integration(*args, **values))

    def delete_integration(self, api_id: str, integration_id: str) -> None:
        self._served(super().delete_integration(api_id, integration_id))

    def create_stage(self, api_id: str, config: dict[str, Any]) -> Stage:
        return self._served(super().create_stage(api_id, config))

    def delete_stage(self, api_id: str, stage_name: str) -> None:
        self._served(super().delete_stage(api_id, stage_name))

    def delete_vpc_link(self, vpc_link_id: str) -> None:
        self._served(super().delete_vpc_link(vpc_link_id))

    def create_domain_name(
        self, domain_name: str, domain_name_configurations: list[dict[str, Any]], *args: Any, **values: Any
    ) -> DomainName:
        configurations = described(domain_name, domain_name_configurations, self.region_name)
        made: Any = super().create_domain_name(domain_name, configurations, *args, **values)
        # Terraform takes an empty one for a difference.
        made.mutual_tls_authentication = made.mutual_tls_authentication or None
        return made

    def _served(self, result: Result) -> Result:
        """Pass on what a change came to, once the proxy serves it."""
        try:
            self._plane.publish()
        except plane.DataPlaneError as error:
            raise ProxyError(str(error)) from error
        return result
