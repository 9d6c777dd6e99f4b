"""How a workflow of GitHub becomes a role: it shows a token that GitHub has signed, and no key is stored anywhere."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.iam_openid_connect_provider import IamOpenidConnectProvider
from constructs import Construct

from bluegreen.settings import FoundationSettings

from .iam_policy import Statement, document

ISSUER = "token.actions.githubusercontent.com"
AUDIENCE = "sts.amazonaws.com"


class GithubOidc(Construct):
    """The account's one provider for GitHub's tokens: made here, or there already."""

    def __init__(self, scope: Construct, id_: str, *, settings: FoundationSettings) -> None:
        super().__init__(scope, id_)
        self._settings = settings
        self.arn = settings.github_provider or self._made()

    def _made(self) -> str:
        # No thumbprint: AWS knows the authority of GitHub's certificate.
        return IamOpenidConnectProvider(self, "provider", url=f"https://{ISSUER}", client_id_list=[AUDIENCE]).arn

    def may_change(self, environment: str) -> str:
        """Return the trust policy for jobs that change `environment`."""
        if self._settings.github_trust == "environment":
            return self._trust(f"environment:{environment}")
        return self._trust(self._branch)

    def may_look(self) -> str:
        """Return the trust policy for jobs that only look: of the branch, and of its pull requests."""
        return self._trust(self._branch, "pull_request")

    @property
    def _branch(self) -> str:
        return f"ref:refs/heads/{self._settings.github_branch}"

    def _trust(self, *jobs: str) -> str:
        subjects = [f"repo:{self._settings.github_repository}:{job}" for job in jobs]
        statement: Statement = {
            "Effect": "Allow",
            "Principal": {"Federated": self.arn},
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Condition": {"StringEquals": {f"{ISSUER}:aud": AUDIENCE, f"{ISSUER}:sub": subjects}},
        }
        return document(statement)
