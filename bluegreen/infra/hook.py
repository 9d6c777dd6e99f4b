"""The hook: a Lambda function that checks a release through the test listener and reports to CodeDeploy."""

from __future__ import annotations

from pathlib import Path

from cdktf import AssetType, Fn, TerraformAsset
from cdktf_cdktf_provider_aws.lambda_function import LambdaFunction
from constructs import Construct

from bluegreen.settings import Settings

from . import check_list, hook_archive
from .hook_role import HookRole
from .names import Names


class Hook(Construct):
    """The function."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        archive: Path | None,
        url: str,
        subnet_ids: list[str],
        security_group_id: str,
        role: HookRole,
        settings: Settings,
    ) -> None:
        super().__init__(scope, id_)
        self._role, self._settings = role, settings
        vpc: dict[str, object] = {"subnet_ids": subnet_ids, "security_group_ids": [security_group_id]}
        self.function = self._function(archive, {"variables": self._environment(url)}, vpc)

    @property
    def arn(self) -> str:
        return self.function.arn

    def _environment(self, url: str) -> dict[str, str]:
        return {
            "ALB_URL": url,
            **check_list.environment(self._settings),
            "IDENTITY_PROOF": self._settings.hook.identity_proof,
        }

    def _function(self, archive: Path | None, environment: dict[str, object], vpc: dict[str, object]) -> LambdaFunction:
        file = self._asset(archive) if archive else hook_archive.missing(self._settings)
        return LambdaFunction(
            self,
            "function",
            function_name=Names.of(self._settings).hook,
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
            depends_on=[self._role.log_group, *self._role.policies],
        )

    def _asset(self, archive: Path) -> str:
        """Lay the zip beside the synthesized JSON, which so names no path of this machine."""
        path = str(check_list.archive(archive, self._settings).absolute())
        return TerraformAsset(self, "archive", path=path, type=AssetType.FILE).path
