"""What the services of one environment stand on."""

from __future__ import annotations

from dataclasses import dataclass

from cdktf import ITerraformDependable
from cdktf_cdktf_provider_aws.ecs_cluster import EcsCluster

from .account import Account
from .network import Network
from .security_groups import SharedGroups


@dataclass(frozen=True, kw_only=True)
class Ground:
    """The shared parts of an environment."""

    account: Account
    network: Network
    groups: SharedGroups
    egress: tuple[ITerraformDependable, ...]
    """What a task needs to reach the registry and the log: it must be there before the first and after the last."""
    cluster: EcsCluster
    records_bucket: str = ""
    """Where releases keep their records."""
