"""Who may talk to whom: a group for each part, and a resource for each rule.

Terraform takes away the egress that AWS gives a new group, so each way out is stated as well.
"""

from __future__ import annotations

from collections.abc import Sequence

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.security_group import SecurityGroup
from cdktf_cdktf_provider_aws.vpc_security_group_egress_rule import VpcSecurityGroupEgressRule
from cdktf_cdktf_provider_aws.vpc_security_group_ingress_rule import VpcSecurityGroupIngressRule
from constructs import Construct

from bluegreen.settings import Settings

from .subnet_tier import ANYWHERE

HTTPS = 443


class SecurityGroups(Construct):
    """The groups of the VPC link, the load balancer, the tasks, the hook and the VPC endpoints."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        vpc_id: str,
        hook_after: Sequence[ITerraformDependable],
        settings: Settings,
    ) -> None:
        super().__init__(scope, id_)
        self._vpc_id, self._name = vpc_id, settings.name
        self.link = self._group("link", "VPC link of the HTTP API")
        self.load_balancer = self._group("load-balancer", "Internal load balancer")
        self.tasks = self._group("tasks", "Tasks of the service")
        self.hook = self._group("hook", "Function that checks a release", hook_after)
        self.endpoints = self._group("endpoints", "Interface VPC endpoints")
        self._rules(settings)

    def _rules(self, settings: Settings) -> None:
        self._connect("production", self.link, self.load_balancer, settings.production_port)
        # The test listener shows an unreleased version: the hook alone reaches it.
        self._connect("test", self.hook, self.load_balancer, settings.test_port)
        self._connect("traffic", self.load_balancer, self.tasks, settings.task.container_port)
        for id_, group in (("tasks", self.tasks), ("hook", self.hook)):
            self._inward(f"{id_}-to-endpoints", self.endpoints, group, HTTPS)
            self._outward_https(f"{id_}-to-aws", group)

    def _group(self, id_: str, description: str, after: Sequence[ITerraformDependable] = ()) -> SecurityGroup:
        name = f"{self._name}-{id_}"
        return SecurityGroup(
            self,
            id_,
            name=name,
            description=description,
            vpc_id=self._vpc_id,
            tags={"Name": name},
            depends_on=list(after),
        )

    def _connect(self, id_: str, source: SecurityGroup, destination: SecurityGroup, port: int) -> None:
        self._inward(f"{id_}-in", destination, source, port)
        VpcSecurityGroupEgressRule(
            self,
            f"{id_}-out",
            security_group_id=source.id,
            referenced_security_group_id=destination.id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
        )

    def _inward(self, id_: str, destination: SecurityGroup, source: SecurityGroup, port: int) -> None:
        VpcSecurityGroupIngressRule(
            self,
            id_,
            security_group_id=destination.id,
            referenced_security_group_id=source.id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
        )

    def _outward_https(self, id_: str, group: SecurityGroup) -> None:
        VpcSecurityGroupEgressRule(
            self,
            id_,
            security_group_id=group.id,
            cidr_ipv4=ANYWHERE,
            ip_protocol="tcp",
            from_port=HTTPS,
            to_port=HTTPS,
        )
