"""The bucket of a load balancer's access logs."""

from __future__ import annotations

import json
from typing import Any

from bluegreen.infra.stack_json import StackJson


def statements(stack: StackJson) -> dict[str, dict[str, Any]]:
    document = json.loads(stack.one("aws_s3_bucket_policy")["policy"])
    return {statement["Sid"]: statement for statement in document["Statement"]}


def test_without_the_setting_there_is_no_bucket(sample: StackJson) -> None:
    assert list(sample.resources("aws_s3_bucket")) == []
    assert "access_logs" not in sample.one("aws_lb")


def test_the_load_balancer_logs_to_the_bucket_once_it_may(production: StackJson) -> None:
    balancer = production.one("aws_lb")
    bucket, _ = production.referred(balancer["access_logs"]["bucket"])
    assert balancer["access_logs"]["enabled"] is True
    assert bucket.startswith("aws_s3_bucket.")
    assert any(address.startswith("aws_s3_bucket_policy.") for address in balancer["depends_on"])


def test_the_load_balancing_service_writes_logs_of_this_account_alone(production: StackJson) -> None:
    delivery = statements(production)["Delivery"]
    assert delivery["Principal"] == {"Service": "logdelivery.elasticloadbalancing.amazonaws.com"}
    assert delivery["Action"] == "s3:PutObject"
    assert delivery["Resource"].endswith(".account_id}/*")


def test_nobody_comes_without_tls_nor_from_outside(production: StackJson) -> None:
    assert statements(production)["TlsOnly"]["Effect"] == "Deny"
    assert statements(production)["TlsOnly"]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    block = production.one("aws_s3_bucket_public_access_block")
    keys = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    assert [block[key] for key in keys] == [True] * 4


def test_logs_are_encrypted_and_forgotten_with_all_others(production: StackJson) -> None:
    (rule,) = production.one("aws_s3_bucket_server_side_encryption_configuration")["rule"]
    # Elastic Load Balancing delivers to no bucket with another key.
    assert rule["apply_server_side_encryption_by_default"]["sse_algorithm"] == "AES256"
    (rule,) = production.one("aws_s3_bucket_lifecycle_configuration")["rule"]
    assert rule["expiration"] == [{"days": 731}]


def test_a_bucket_with_logs_in_it_is_destroyed_only_where_the_settings_say_so(
    production: StackJson, full: StackJson
) -> None:
    assert production.one("aws_s3_bucket")["force_destroy"] is False
    assert full.one("aws_s3_bucket")["force_destroy"] is True
