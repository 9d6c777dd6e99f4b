"""Who may talk to whom: a group for each part, and a resource for each rule.

Terraform takes away the egress that AWS gives a new group, so each way out is stated as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from constructs import Construct

from bluegreen.settings import Settings

from .security_group_rules import HTTPS, connect, inward, outward_https


class SharedGroups(Construct):
    """The groups of what the services of an environment share: the VPC link and the VPC endpoints."""

    def __init__(self, scope: Construct, id_: str, *, vpc_id: str, settings: Settings) -> None:
        super().__init__(scope, id_)
        self.link = _group(self, "link", "VPC link of the HTTP API", settings.name, vpc_id)
        self.endpoints = _group(self, "endpoints", "Interface VPC endpoints", settings.name, vpc_id)


class ServiceGroups(Construct):
    """The groups of one service's load balancer, tasks and hook, and every rule that it needs."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        vpc_id: str,
        shared: SharedGroups,
        hook_after: Sequence[ITerraformDependable],
        settings: Settings,
    ) -> None:
        super().__init__(scope, id_)
        name = settings.prefix
        self.load_balancer = _group(self, "load-balancer", "Internal load balancer", name, vpc_id)
        self.tasks = _group(self, "tasks", "Tasks of the service", name, vpc_id)
        self.hook = _group(self, "hook", "Function that checks a release", name, vpc_id, hook_after)
        self._rules(shared, settings)

    def _rules(self, shared: SharedGroups, settings: Settings) -> None:
        connect(self, "production", shared.link, self.load_balancer, settings.production_port)
        # The test listener shows an unreleased version: the hook alone reaches it.
        connect(self, "test", self.hook, self.load_balancer, settings.hook_port)
        connect(self, "traffic", self.load_balancer, self.tasks, settings.task.container_port)
        for id_, group in (("tasks", self.tasks), ("hook", self.hook)):
            inward(self, f"{id_}-to-endpoints", shared.endpoints, group, HTTPS)
            outward_https(self, f"{id_}-to-aws", group)


def _group(
    scope: Construct,
    id_: str,
    description: str,
    prefix: str,
    vpc_id: str,
    after: Sequence[ITerraformDependable] = (),
) -> SecurityGroup:
    name = f"{prefix}-{id_}"
    return SecurityGroup(
        scope,
        id_,
        name=name,
        description=description,
        vpc_id=vpc_id,
        tags={"Name": name},
        depends_on=list(after),
    )
