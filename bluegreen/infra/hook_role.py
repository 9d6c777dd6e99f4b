"""What the hook may do, and where it logs: there before its network, as Lambda needs it to leave that network."""

from __future__ import annotations

from constructs import Construct

from bluegreen.settings import Settings

from .account import Account
from .iam_policy import NETWORK_INTERFACES, Statement, allow, allow_everywhere
from .log_group import log_group
from .names import Names
from .service_role import ServiceRole


class HookRole(Construct):
    """The function's role and its log group.

    Lambda removes the function's network interfaces after the function, with this role: until then neither the subnets
    nor the security group can go, and whichever depends on `policies` is destroyed before them.
    """

    def __init__(self, scope: Construct, id_: str, *, account: Account, settings: Settings) -> None:
        super().__init__(scope, id_)
        self._names = Names.of(settings)
        self.log_group = log_group(self, "log-group", name=self._names.hook_log_group, settings=settings)
        statements = self._statements(account)
        role = ServiceRole(
            self, "role", name=f"{settings.prefix}-hook", service="lambda.amazonaws.com", statements=statements
        )
        self.arn, self.policies = role.arn, role.policies

    def _statements(self, account: Account) -> tuple[Statement, ...]:
        application = self._names.application
        group = account.arn("codedeploy", f"deploymentgroup:{application}/{self._names.deployment_group}")
        report = ("codedeploy:GetDeployment", "codedeploy:PutLifecycleEventHookExecutionStatus")
        return (
            allow(*report, on=[group]),
            allow("codedeploy:GetApplicationRevision", on=[account.arn("codedeploy", f"application:{application}")]),
            allow("logs:CreateLogStream", "logs:PutLogEvents", on=[f"{self.log_group.arn}:*"]),
            allow_everywhere(*NETWORK_INTERFACES),
        )
