"""The public door: an HTTP API whose routes lead through a VPC link to the production listener."""

from __future__ import annotations

import json

from cdktf_cdktf_provider_aws.apigatewayv2_api import Apigatewayv2Api
from cdktf_cdktf_provider_aws.apigatewayv2_integration import Apigatewayv2Integration
from cdktf_cdktf_provider_aws.apigatewayv2_route import Apigatewayv2Route
from cdktf_cdktf_provider_aws.apigatewayv2_stage import Apigatewayv2Stage
from cdktf_cdktf_provider_aws.apigatewayv2_vpc_link import Apigatewayv2VpcLink
from constructs import Construct

from bluegreen.settings import Settings

from .authorizer import authorizer
from .custom_domain import CustomDomain
from .log_group import log_group
from .names import Names

ACCESS_LOG_FIELDS = ("requestId", "identity.sourceIp", "requestTime", "routeKey", "status", "integrationErrorMessage")


class ApiGateway(Construct):
    """The only way in from the internet."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        subnet_ids: list[str],
        security_group_id: str,
        settings: Settings,
    ) -> None:
        super().__init__(scope, id_)
        self._names, self._settings = Names.of(settings), settings
        # A VPC link cannot be changed, only replaced, and sleeps after 60 days without traffic.
        self._link = Apigatewayv2VpcLink(
            self,
            "vpc-link",
            name=f"{self._names.cluster}-vpc-link",
            subnet_ids=subnet_ids,
            security_group_ids=[security_group_id],
        )
        self._api = Apigatewayv2Api(self, "api", name=self._names.api, protocol_type="HTTP")
        self._authorizer = authorizer(self, "authorizer", api=self._api, settings=settings)
        stage = self._stage()
        named = settings.api.domain.name
        self.domain = CustomDomain(self, "domain", api=self._api, stage=stage, settings=settings) if named else None

    @property
    def url(self) -> str:
        """URL of the `$default` stage, which adds nothing to a path."""
        return self._api.api_endpoint

    def lead(self, scope: Construct, *, listener_arn: str, settings: Settings) -> None:
        """Lead a service's routes to its production listener, over the VPC link that all services share."""
        integration = Apigatewayv2Integration(
            scope,
            "integration",
            api_id=self._api.id,
            integration_type="HTTP_PROXY",
            integration_method="ANY",
            integration_uri=listener_arn,
            connection_type="VPC_LINK",
            connection_id=self._link.id,
            payload_format_version="1.0",
        )
        for number, route in enumerate(settings.routes):
            target = f"integrations/{integration.id}"
            Apigatewayv2Route(
                scope,
                f"route-{number}",
                api_id=self._api.id,
                route_key=route,
                target=target,
                authorization_type="JWT" if self._authorizer else None,
                authorizer_id=self._authorizer.id if self._authorizer else None,
            )

    def _stage(self) -> Apigatewayv2Stage:
        log = log_group(self, "access-log", name=self._names.api_log_group, settings=self._settings)
        fields = {name: f"$context.{name}" for name in ACCESS_LOG_FIELDS}
        return Apigatewayv2Stage(
            self,
            "stage",
            api_id=self._api.id,
            name="$default",
            auto_deploy=True,
            access_log_settings={"destination_arn": log.arn, "format": json.dumps(fields)},
            default_route_settings={
                "detailed_metrics_enabled": True,
                "throttling_rate_limit": self._settings.api.throttling_rate,
                "throttling_burst_limit": self._settings.api.throttling_burst,
            },
        )
