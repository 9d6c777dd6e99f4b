"""The AWS clients of a release, each made when first used, that give up within seconds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from .aws_clock import AwsClock

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch import CloudWatchClient
    from mypy_boto3_codedeploy import CodeDeployClient
    from mypy_boto3_ecr import ECRClient
    from mypy_boto3_ecs import ECSClient
    from mypy_boto3_elbv2 import ElasticLoadBalancingv2Client
    from mypy_boto3_iam import IAMClient
    from mypy_boto3_lambda import LambdaClient
    from mypy_boto3_logs import CloudWatchLogsClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_ssm import SSMClient
    from mypy_boto3_sts import STSClient

CONNECT_SECONDS = 3
FIRST_READ_SECONDS, FIRST_ATTEMPTS = 4, 2
"""For the services that a verb asks first: who has no network is told so within seconds."""
NAME_SECONDS, NAME_ATTEMPTS = 2, 2
"""For STS, which only tells a name: nothing waits longer for it, least of all a stop in an emergency."""
READ_SECONDS, ATTEMPTS = 10, 3
"""For the others, which slow down by themselves where AWS throttles; a watch goes on beyond that (`outage.py`)."""


class Clients:
    """The services that a release talks to, in one region, with the credentials and endpoint of the environment."""

    def __init__(self, region: str) -> None:
        import boto3  # noqa: PLC0415 - `--help` and pure parts need not pay for it
        from botocore.config import Config  # noqa: PLC0415

        self.region = region
        self._session = boto3.Session(region_name=region)
        self.clock = AwsClock()
        self._session.events.register("after-call", self.clock.heed)

        def config(read_seconds: int, attempts: int, mode: Literal["standard", "adaptive"]) -> Config:
            return Config(
                connect_timeout=min(CONNECT_SECONDS, read_seconds),
                read_timeout=read_seconds,
                retries={"total_max_attempts": attempts, "mode": mode},
            )

        self._first = config(FIRST_READ_SECONDS, FIRST_ATTEMPTS, "standard")
        self._brief = config(NAME_SECONDS, NAME_ATTEMPTS, "standard")
        self._patient = config(READ_SECONDS, ATTEMPTS, "adaptive")

    @cached_property
    def cloudwatch(self) -> CloudWatchClient:
        """Alarms."""
        return self._session.client("cloudwatch", config=self._patient)

    @cached_property
    def codedeploy(self) -> CodeDeployClient:
        """Deployments and revisions."""
        return self._session.client("codedeploy", config=self._patient)

    @cached_property
    def ecr(self) -> ECRClient:
        """Images and the log-in to their registry."""
        return self._session.client("ecr", config=self._first)

    @cached_property
    def ecs(self) -> ECSClient:
        """Task definitions, services and tasks."""
        return self._session.client("ecs", config=self._patient)

    @cached_property
    def elbv2(self) -> ElasticLoadBalancingv2Client:
        """Listeners: where traffic goes."""
        return self._session.client("elbv2", config=self._patient)

    @cached_property
    def iam(self) -> IAMClient:
        """Roles: whom they trust."""
        return self._session.client("iam", config=self._patient)

    @cached_property
    def lambda_(self) -> LambdaClient:
        """The hook: its time limit, its state, and what it answers."""
        return self._session.client("lambda", config=self._patient)

    @cached_property
    def logs(self) -> CloudWatchLogsClient:
        """The hook's log group."""
        return self._session.client("logs", config=self._patient)

    @cached_property
    def s3(self) -> S3Client:
        """Release records."""
        return self._session.client("s3", config=self._first)

    @cached_property
    def ssm(self) -> SSMClient:
        """The release target."""
        return self._session.client("ssm", config=self._first)

    @cached_property
    def sts(self) -> STSClient:
        """Whose account it is, and who asks."""
        return self._session.client("sts", config=self._brief)

    @cached_property
    def registerable(self) -> frozenset[str]:
        """The fields that RegisterTaskDefinition takes, from the API's own model; tags travel apart."""
        shape: Any = self.ecs.meta.service_model.operation_model("RegisterTaskDefinition").input_shape
        return frozenset(shape.members) - {"tags"}
