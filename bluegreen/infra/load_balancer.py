"""The internal load balancer: two target groups, and the production and test listeners that CodeDeploy moves."""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.lb import Lb
from cdktf_cdktf_provider_aws.lb_listener import LbListener, LbListenerDefaultAction
from cdktf_cdktf_provider_aws.lb_target_group import LbTargetGroup
from constructs import Construct

from bluegreen.settings import Settings

from . import owned_by_releases
from .access_logs import AccessLogs
from .account import Account
from .names import Names
from .network import Network

# Port that the target groups name; a task is registered with the port of its container.
TARGET_GROUP_PORT = 80


class LoadBalancer(Construct):
    """The load balancer of one service."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        network: Network,
        security_group_id: str,
        account: Account,
        settings: Settings,
    ) -> None:
        super().__init__(scope, id_)
        self._names, self._settings = Names.of(settings), settings
        logged = settings.load_balancer.access_logs
        self._access_logs = AccessLogs(self, "access-logs", account=account, settings=settings) if logged else None
        self._lb = self._load_balancer(network.private.subnet_ids, security_group_id)
        self.blue = self._target_group("blue", network.vpc.id)
        self.green = self._target_group("green", network.vpc.id)
        self.production_listener = self._listener("production", settings.production_port, self.blue)
        self.test_listener = self._listener("test", settings.test_port, self.green)

    @property
    def hook_url(self) -> str:
        """URL that the hook asks: the test listener, so the version under deployment and never the live one.

        Only a rehearsal's settings may say otherwise.
        """
        return f"http://{self._lb.dns_name}:{self._settings.hook_port}"

    @property
    def arn_suffix(self) -> str:
        """What CloudWatch's metrics call the load balancer."""
        return self._lb.arn_suffix

    def _load_balancer(self, subnet_ids: list[str], security_group_id: str) -> Lb:
        logs = self._access_logs
        return Lb(
            self,
            "load-balancer",
            name=self._names.load_balancer,
            load_balancer_type="application",
            internal=True,
            subnets=subnet_ids,
            security_groups=[security_group_id],
            drop_invalid_header_fields=True,
            idle_timeout=self._settings.load_balancer.idle_timeout,
            enable_deletion_protection=self._settings.load_balancer.deletion_protection,
            access_logs={"bucket": logs.name, "enabled": True} if logs else None,
            # The load balancer tries the bucket when it is told of it.
            depends_on=[logs.policy] if logs else None,
        )

    def _target_group(self, color: str, vpc_id: str) -> LbTargetGroup:
        return LbTargetGroup(
            self,
            color,
            name=self._names.target_group(color),
            vpc_id=vpc_id,
            target_type="ip",
            protocol="HTTP",
            port=TARGET_GROUP_PORT,
            deregistration_delay=str(self._settings.load_balancer.deregistration_delay),
            health_check=self._health_check(),
        )

    def _health_check(self) -> dict[str, object]:
        check = self._settings.health_check
        return {
            "protocol": "HTTP",
            "path": check.path,
            "matcher": check.matcher,
            "timeout": check.timeout,
            "interval": check.interval,
            "healthy_threshold": check.healthy_threshold,
            "unhealthy_threshold": check.unhealthy_threshold,
        }

    def _listener(self, id_: str, port: int, group: LbTargetGroup) -> LbListener:
        return LbListener(
            self,
            f"{id_}-listener",
            load_balancer_arn=self._lb.arn,
            port=port,
            protocol="HTTP",
            default_action=[LbListenerDefaultAction(type="forward", target_group_arn=group.arn)],
            # From the first release on CodeDeploy owns where a listener points.
            lifecycle=TerraformResourceLifecycle(ignore_changes=owned_by_releases.LISTENER),
        )
