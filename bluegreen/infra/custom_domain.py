"""The HTTP API under a name of the user's own."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.apigatewayv2_api import Apigatewayv2Api
from cdktf_cdktf_provider_aws.apigatewayv2_api_mapping import Apigatewayv2ApiMapping
from cdktf_cdktf_provider_aws.apigatewayv2_domain_name import Apigatewayv2DomainName
from cdktf_cdktf_provider_aws.apigatewayv2_stage import Apigatewayv2Stage
from cdktf_cdktf_provider_aws.route53_record import Route53Record
from constructs import Construct

from bluegreen.settings import Settings


class CustomDomain(Construct):
    """A domain name that leads to a stage; its alias record too, where the zone is in Route 53."""

    def __init__(
        self, scope: Construct, id_: str, *, api: Apigatewayv2Api, stage: Apigatewayv2Stage, settings: Settings
    ) -> None:
        super().__init__(scope, id_)
        domain = settings.api.domain
        configuration = {
            "certificate_arn": domain.certificate,
            "endpoint_type": "REGIONAL",
            "security_policy": "TLS_1_2",
        }
        name = Apigatewayv2DomainName(self, "name", domain_name=domain.name, domain_name_configuration=configuration)
        Apigatewayv2ApiMapping(self, "mapping", api_id=api.id, domain_name=name.domain_name, stage=stage.name)
        self.target = {
            "name": name.domain_name_configuration.target_domain_name,
            "hosted_zone_id": name.domain_name_configuration.hosted_zone_id,
        }
        if domain.hosted_zone:
            self._record(name.domain_name, domain.hosted_zone)

    def _record(self, name: str, zone: str) -> None:
        alias = {"name": self.target["name"], "zone_id": self.target["hosted_zone_id"], "evaluate_target_health": False}
        Route53Record(self, "record", zone_id=zone, name=name, type="A", alias=alias)
