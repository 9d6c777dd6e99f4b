"""A role that an AWS service takes, with exactly one policy of its own."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from constructs import Construct

from .iam_policy import Statement, assumed_by, document


class ServiceRole(Construct):
    """An IAM role; without statements it may do nothing."""

    def __init__(
        self, scope: Construct, id_: str, *, name: str, service: str, statements: tuple[Statement, ...] = ()
    ) -> None:
        super().__init__(scope, id_)
        self.role = IamRole(self, "role", name=name, assume_role_policy=assumed_by(service))
        self.policies = [self._policy(statements)] if statements else []

    def _policy(self, statements: tuple[Statement, ...]) -> IamRolePolicy:
        return IamRolePolicy(self, "policy", name="own", role=self.role.name, policy=document(*statements))

    @property
    def arn(self) -> str:
        return self.role.arn
