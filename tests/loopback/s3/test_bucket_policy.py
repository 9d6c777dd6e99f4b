"""A bucket's policy holds where its conditions hold, and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def bucket(client: Callable[[str], Any], request: pytest.FixtureRequest) -> str:
    name = request.node.name.replace("_", "-")[:60]
    client("s3").create_bucket(Bucket=name)
    return name


def _deny(client: Callable[[str], Any], bucket: str, condition: dict[str, Any]) -> None:
    refused = {"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": f"arn:aws:s3:::{bucket}/*"}
    policy = {"Version": "2012-10-17", "Statement": [{**refused, **condition}]}
    client("s3").put_bucket_policy(Bucket=bucket, Policy=json.dumps(policy))


def test_who_speaks_tls_is_not_denied_for_speaking_none(client: Callable[[str], Any], bucket: str) -> None:
    _deny(client, bucket, {"Condition": {"Bool": {"aws:SecureTransport": "false"}}})
    client("s3").put_object(Bucket=bucket, Key="it", Body=b"there")
    assert client("s3").get_object(Bucket=bucket, Key="it")["Body"].read() == b"there"


def test_a_deny_without_conditions_is_for_everybody(client: Callable[[str], Any], bucket: str) -> None:
    _deny(client, bucket, {})
    with pytest.raises(ClientError, match="Forbidden"):
        client("s3").get_object(Bucket=bucket, Key="it")
