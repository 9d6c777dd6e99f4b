"""The roles of GitHub's workflows: one that looks, and for each environment one that applies and one that releases."""

from __future__ import annotations

from collections.abc import Sequence

from cdktf_cdktf_provider_aws.iam_policy import IamPolicy
from cdktf_cdktf_provider_aws.iam_role import IamRole
from cdktf_cdktf_provider_aws.iam_role_policy import IamRolePolicy
from cdktf_cdktf_provider_aws.iam_role_policy_attachment import IamRolePolicyAttachment
from constructs import Construct

from bluegreen.settings import FoundationSettings, Settings

from . import github_apply, github_plan, github_release
from .account import Account
from .github_oidc import GithubOidc
from .iam_policy import Statement, document

PATH = "/github/"
"""Where an apply role, which may write the roles of its environment, cannot reach."""


class GithubRoles(Construct):
    """`arns` says which role is for what: `plan`, and `apply` and `release` of each environment."""

    def __init__(
        self, scope: Construct, id_: str, *, environments: Sequence[Settings], settings: FoundationSettings
    ) -> None:
        super().__init__(scope, id_)
        self._bucket = settings.state_bucket
        self._account = Account(self, "account", region=settings.region)
        self._oidc = GithubOidc(self, "oidc", settings=settings)
        self._plan = self._role("plan", self._oidc.may_look())
        self.arns = {"plan": self._plan.arn}
        for environment in environments:
            self._for(environment)

    def _for(self, environment: Settings) -> None:
        name, trust = environment.name, self._oidc.may_change(environment.name)
        apply, release = self._role(f"apply-{name}", trust), self._role(f"release-{name}", trust)
        looks = self._looks(environment)
        self._attach(f"plan-{name}", self._plan, looks)
        self._attach(f"apply-{name}", apply, looks)
        changes = github_apply.statements(environment, account=self._account, bucket=self._bucket)
        self._grant(f"apply-{name}", apply, changes)
        releases = github_release.statements(environment, account=self._account, bucket=self._bucket)
        self._grant(f"release-{name}", release, releases)
        self.arns |= {f"apply-{name}": apply.arn, f"release-{name}": release.arn}

    def _looks(self, environment: Settings) -> IamPolicy:
        # A policy by itself: with it a role's own would be longer than IAM's 10,240 characters.
        name = f"look-{environment.name}"
        statements = github_plan.statements(environment, account=self._account, bucket=self._bucket)
        return IamPolicy(self, name, name=f"bluegreen-{name}", path=PATH, policy=document(*statements))

    def _role(self, name: str, trust: str) -> IamRole:
        return IamRole(self, name, name=f"bluegreen-{name}", path=PATH, assume_role_policy=trust)

    def _attach(self, name: str, role: IamRole, policy: IamPolicy) -> None:
        IamRolePolicyAttachment(self, f"{name}-looks", role=role.name, policy_arn=policy.arn)

    def _grant(self, name: str, role: IamRole, statements: tuple[Statement, ...]) -> None:
        IamRolePolicy(self, f"{name}-policy", name="own", role=role.name, policy=document(*statements))
