"""The bucket that a load balancer logs every request to."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_lifecycle_configuration import (
    S3BucketLifecycleConfiguration,
    S3BucketLifecycleConfigurationRule,
    S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload,
    S3BucketLifecycleConfigurationRuleExpiration,
    S3BucketLifecycleConfigurationRuleFilter,
)
from constructs import Construct

from bluegreen.settings import Settings

from . import private_bucket
from .account import Account

WRITER = "logdelivery.elasticloadbalancing.amazonaws.com"
UPLOAD_DAYS = 7


class AccessLogs(Construct):
    """A private bucket that load balancers of this account write to; logs go when the log groups' events do.

    Encrypted with S3's own keys: access logs cannot be delivered to a bucket with any other.
    """

    def __init__(self, scope: Construct, id_: str, *, account: Account, settings: Settings) -> None:
        super().__init__(scope, id_)
        bucket = S3Bucket(
            self,
            "bucket",
            # Names of buckets are the whole world's: AWS's provider adds a suffix.
            bucket_prefix=f"{settings.prefix}-alb-logs-",
            force_destroy=settings.load_balancer.access_logs_force_delete,
        )
        self.name = bucket.bucket
        self.policy = private_bucket.closed(self, bucket, statements=[_delivery(bucket.arn, account)])
        S3BucketLifecycleConfiguration(self, "lifecycle", bucket=self.name, rule=[_forgotten(settings.log_retention)])


def _delivery(arn: str, account: Account) -> dict[str, object]:
    return {
        "Sid": "Delivery",
        "Effect": "Allow",
        "Principal": {"Service": WRITER},
        "Action": "s3:PutObject",
        "Resource": f"{arn}/AWSLogs/{account.id}/*",
    }


def _forgotten(days: int) -> S3BucketLifecycleConfigurationRule:
    return S3BucketLifecycleConfigurationRule(
        id="forgotten",
        status="Enabled",
        filter=[S3BucketLifecycleConfigurationRuleFilter(prefix="")],
        expiration=[S3BucketLifecycleConfigurationRuleExpiration(days=days)],
        abort_incomplete_multipart_upload=[
            S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload(days_after_initiation=UPLOAD_DAYS)
        ],
    )
