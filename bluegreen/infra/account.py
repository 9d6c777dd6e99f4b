"""The account that the stack is applied in, and ARNs of things in it that are known by name alone."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.data_aws_caller_identity import DataAwsCallerIdentity
from cdktf_cdktf_provider_aws.data_aws_partition import DataAwsPartition
from constructs import Construct


class Account(Construct):
    """Looks up the account; a name's ARN spares a dependency on the resource, and with it a circle."""

    def __init__(self, scope: Construct, id_: str, *, region: str) -> None:
        super().__init__(scope, id_)
        self._region = region
        self._partition = DataAwsPartition(self, "partition").partition
        self._id = DataAwsCallerIdentity(self, "identity").account_id

    @property
    def id(self) -> str:
        """Twelve digits, known once Terraform runs."""
        return self._id

    def arn(self, service: str, resource: str) -> str:
        """Return the ARN of `resource`, as in `task-set/cluster/service/*`, in this account and region."""
        return f"arn:{self._partition}:{service}:{self._region}:{self._id}:{resource}"

    def global_arn(self, service: str, resource: str) -> str:
        """Return the ARN of `resource`, as in `role/sample-hook`, of a service that has no regions."""
        return f"arn:{self._partition}:{service}::{self._id}:{resource}"

    def own_arn(self, service: str, resource: str) -> str:
        """Return the ARN of `resource`, as in `/apis/*`, of a service whose ARNs name no account."""
        return f"arn:{self._partition}:{service}:{self._region}::{resource}"

    def worldwide_arn(self, service: str, resource: str) -> str:
        """Return the ARN of `resource` of a service whose ARNs name neither region nor account."""
        return f"arn:{self._partition}:{service}:::{resource}"

    def bucket_arn(self, bucket: str, key: str = "") -> str:
        """Return the ARN of a bucket of S3, or of an object in it."""
        return f"arn:{self._partition}:s3:::{bucket}" + (f"/{key}" if key else "")
