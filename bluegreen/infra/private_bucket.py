"""A bucket that is closed to everyone outside: no public access, no lists of access, encrypted, TLS alone."""

from __future__ import annotations

import json
from collections.abc import Sequence

from cdktf_cdktf_provider_aws.s3_bucket import S3Bucket
from cdktf_cdktf_provider_aws.s3_bucket_ownership_controls import S3BucketOwnershipControls
from cdktf_cdktf_provider_aws.s3_bucket_policy import S3BucketPolicy
from cdktf_cdktf_provider_aws.s3_bucket_public_access_block import S3BucketPublicAccessBlock
from cdktf_cdktf_provider_aws.s3_bucket_server_side_encryption_configuration import (
    S3BucketServerSideEncryptionConfigurationA,
    S3BucketServerSideEncryptionConfigurationRuleA,
    S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA,
)
from constructs import Construct


def closed(scope: Construct, bucket: S3Bucket, *, statements: Sequence[dict[str, object]] = ()) -> S3BucketPolicy:
    """Close `bucket`, and return its policy: `statements`, and that nobody comes without TLS."""
    public = S3BucketPublicAccessBlock(
        scope,
        "public-access",
        bucket=bucket.bucket,
        block_public_acls=True,
        block_public_policy=True,
        ignore_public_acls=True,
        restrict_public_buckets=True,
    )
    S3BucketOwnershipControls(
        scope, "ownership", bucket=bucket.bucket, rule={"object_ownership": "BucketOwnerEnforced"}
    )
    by_default = S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA(
        sse_algorithm="AES256"
    )
    rule = S3BucketServerSideEncryptionConfigurationRuleA(apply_server_side_encryption_by_default=by_default)
    S3BucketServerSideEncryptionConfigurationA(scope, "encryption", bucket=bucket.bucket, rule=[rule])
    document = {"Version": "2012-10-17", "Statement": [*statements, _tls_only(bucket.arn)]}
    # S3 takes one change of a bucket's access at a time.
    return S3BucketPolicy(scope, "policy", bucket=bucket.bucket, policy=json.dumps(document), depends_on=[public])


def _tls_only(arn: str) -> dict[str, object]:
    return {
        "Sid": "TlsOnly",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [arn, f"{arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
