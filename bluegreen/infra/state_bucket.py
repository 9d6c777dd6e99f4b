"""The bucket that Terraform's state lies in: every version is kept for a time, and nobody reads it without TLS."""

from __future__ import annotations

from cdktf import TerraformResourceLifecycle
from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
    S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration,
)
from cdktf_cdktf_provider_aws.s3_bucket_versioning import S3BucketVersioningA
from constructs import Construct

from bluegreen.settings import FoundationSettings

from . import private_bucket

UPLOAD_DAYS = 7


class StateBucket(Construct):
    """A private, versioned bucket; Terraform refuses to destroy it, S3 refuses while anything is in it."""

    def __init__(self, scope: Construct, id_: str, *, settings: FoundationSettings) -> None:
        super().__init__(scope, id_)
        kept = TerraformResourceLifecycle(prevent_destroy=True)
        bucket = S3Bucket(self, "bucket", bucket=settings.state_bucket, force_destroy=False, lifecycle=kept)
        self.name = bucket.bucket
        private_bucket.closed(self, bucket)
        versioned = self._versioned()
        if settings.state_days:
            self._forgets(settings.state_days, after=versioned)

    def _versioned(self) -> S3BucketVersioningA:
        enabled = {"status": "Enabled"}
        return S3BucketVersioningA(self, "versioning", bucket=self.name, versioning_configuration=enabled)

    def _forgets(self, days: int, *, after: S3BucketVersioningA) -> None:
        S3BucketLifecycleConfiguration(self, "lifecycle", bucket=self.name, rule=[_rule(days)], depends_on=[after])


def _rule(days: int) -> S3BucketLifecycleConfigurationRule:
    return S3BucketLifecycleConfigurationRule(
        id="replaced-versions",
        status="Enabled",
        filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
        noncurrent_version_expiration=[
            S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration(noncurrent_days=days)
        ],
        # Each lock leaves a delete marker.
        expiration=[S3BucketLifecycleConfigurationRuleExpiration(expired_object_delete_marker=True)],
        abort_incomplete_multipart_upload=[
            S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(days_after_initiation=UPLOAD_DAYS)
        ],
    )
