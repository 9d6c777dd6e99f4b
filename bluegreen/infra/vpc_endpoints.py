"""AWS's own services, reached without leaving the VPC."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.vpc_endpoint import VpcEndpoint
from constructs import Construct

from bluegreen.settings import Settings
from bluegreen.settings.network import GATEWAY_ENDPOINTS

from .network import Network


class VpcEndpoints(Construct):
    """The endpoints that the settings list, in the private subnets."""

    def __init__(
        self, scope: Construct, id_: str, *, network: Network, security_group_id: str, settings: Settings
    ) -> None:
        super().__init__(scope, id_)
        self._network, self._settings = network, settings
        self.all = [
            self._gateway(service) if service in GATEWAY_ENDPOINTS else self._interface(service, security_group_id)
            for service in settings.network.endpoints
        ]

    def _interface(self, service: str, security_group_id: str) -> VpcEndpoint:
        return VpcEndpoint(
            self,
            service.replace(".", "-"),
            vpc_id=self._network.vpc.id,
            service_name=self._service_name(service),
            vpc_endpoint_type="Interface",
            private_dns_enabled=True,
            subnet_ids=self._network.private.subnet_ids,
            security_group_ids=[security_group_id],
            tags={"Name": f"{self._settings.name}-{service}"},
        )

    def _gateway(self, service: str) -> VpcEndpoint:
        return VpcEndpoint(
            self,
            service,
            vpc_id=self._network.vpc.id,
            service_name=self._service_name(service),
            vpc_endpoint_type="Gateway",
            route_table_ids=self._network.private.route_table_ids,
            tags={"Name": f"{self._settings.name}-{service}"},
        )

    def _service_name(self, service: str) -> str:
        return f"com.amazonaws.{self._settings.region}.{service}"
