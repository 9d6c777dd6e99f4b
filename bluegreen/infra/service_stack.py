"""The stack of one environment, from the inside out: what its services share, each service, the public door."""

from __future__ import annotations

from pathlib import Path

from cdktf import TerraformOutput, TerraformStack
from constructs import Construct

from bluegreen.settings import Settings

from . import aws_provider
from .account import Account
from .api_gateway import ApiGateway
from .blue_green_service import BlueGreenService
from .cluster import cluster
from .ground import Ground
from .hook_role import HookRole
from .network import Network
from .security_groups import SharedGroups
from .vpc_endpoints import VpcEndpoints


class ServiceStack(TerraformStack):
    """Everything that one environment has for itself."""

    def __init__(
        self, scope: Construct, *, settings: Settings, hook_archive: Path | None, records_bucket: str = ""
    ) -> None:
        super().__init__(scope, settings.name)
        self._records_bucket = records_bucket
        self._settings = settings
        tags = aws_provider.tags(project=settings.project, environment=settings.name)
        aws_provider.configure(self, region=settings.region, tags=tags, rehearsal=settings.rehearsal)
        self._account = Account(self, "account", region=settings.region)
        places = [(self._place(of), of) for of in settings.of_services()]
        roles = [HookRole(place, "hook-role", account=self._account, settings=of) for place, of in places]
        ground = self._ground(roles)
        api = ApiGateway(
            self,
            "api",
            subnet_ids=ground.network.private.subnet_ids,
            security_group_id=ground.groups.link.id,
            settings=settings,
        )
        services = [
            BlueGreenService(place, ground=ground, hook_role=role, hook_archive=hook_archive, api=api, settings=of)
            for (place, of), role in zip(places, roles, strict=True)
        ]
        self._publish(api, services)

    def _place(self, settings: Settings) -> Construct:
        """Return the scope of a service: of its own where there are several."""
        return Construct(self, settings.service_name) if settings.service_name else self

    def _ground(self, roles: list[HookRole]) -> Ground:
        settings, policies = self._settings, [policy for role in roles for policy in role.policies]
        network = Network(self, "network", private_after=policies, settings=settings)
        groups = SharedGroups(self, "groups", vpc_id=network.vpc.id, settings=settings)
        endpoints = VpcEndpoints(
            self, "endpoints", network=network, security_group_id=groups.endpoints.id, settings=settings
        )
        return Ground(
            account=self._account,
            network=network,
            groups=groups,
            egress=(*network.egress, *endpoints.all),
            cluster=cluster(self, "cluster", settings=settings),
            records_bucket=self._records_bucket,
        )

    def _publish(self, api: ApiGateway, services: list[BlueGreenService]) -> None:
        names = {service.name: service.parameter.name for service in services}
        TerraformOutput(self, "api_url", value=api.url)
        if api.domain:
            TerraformOutput(self, "domain_target", value=api.domain.target)
        # Known by the name of the service, and by itself where there is one alone.
        TerraformOutput(self, "release_target_parameter", value=names.get("", names))
