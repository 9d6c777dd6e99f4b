"""The hook: a Lambda function that checks a release through the test listener and reports to CodeDeploy."""

from __future__ import annotations

from pathlib import Path

from cdktf import AssetType, Fn, TerraformAsset
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from constructs import Construct

from bluegreen.settings import Settings

from . import check_list, hook_archive
from .account import Account
from .iam_policy import NETWORK_INTERFACES, Statement, allow, allow_everywhere
from .log_group import log_group
from .names import Names
from .service_role import ServiceRole


class Hook(Construct):
    """The function with its role and its log group."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        archive: Path | None,
        test_url: str,
        subnet_ids: list[str],
        security_group_id: str,
        account: Account,
        settings: Settings,
    ) -> None:
        super().__init__(scope, id_)
        self._names, self._settings = Names.of(settings), settings
        self.log_group = log_group(self, "log-group", name=self._names.hook_log_group, settings=settings)
        self._role = ServiceRole(
            self,
            "role",
            name=f"{settings.name}-hook",
            service="lambda.amazonaws.com",
            statements=self._statements(account),
        )
        vpc: dict[str, object] = {"subnet_ids": subnet_ids, "security_group_ids": [security_group_id]}
        self.function = self._function(archive, {"variables": self._environment(test_url)}, vpc)

    @property
    def arn(self) -> str:
        return self.function.arn

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

    def _environment(self, test_url: str) -> dict[str, str]:
        return {
            "ALB_URL": test_url,
            **check_list.environment(self._settings),
            "IDENTITY_PROOF": self._settings.hook.identity_proof,
        }

    def _function(self, archive: Path | None, environment: dict[str, object], vpc: dict[str, object]) -> LambdaFunction:
        file = self._asset(archive) if archive else hook_archive.missing(self._settings)
        return LambdaFunction(
            self,
            "function",
            function_name=self._names.hook,
            description="Checks a release through the test listener",
            role=self._role.arn,
            runtime="provided.al2023",
            handler="bootstrap",
            architectures=[self._settings.lambda_architecture],
            memory_size=self._settings.hook.memory,
            timeout=self._settings.hook.timeout,
            filename=file,
            source_code_hash=Fn.filebase64sha256(file),
            environment=environment,
            vpc_config=vpc,
            # Lambda would make the log group itself, without retention, on the first call.
            depends_on=[self.log_group, *self._role.policies],
        )

    def _asset(self, archive: Path) -> str:
        """Lay the zip beside the synthesized JSON, which so names no path of this machine."""
        path = str(check_list.archive(archive, self._settings).absolute())
        return TerraformAsset(self, "archive", path=path, type=AssetType.FILE).path
