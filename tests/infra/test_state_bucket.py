"""The bucket that keeps everybody's state."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bluegreen.infra.hook_archive import OVERRIDE
from bluegreen.infra.stack_json import StackJson
from bluegreen.infra.synth import synthesize


@pytest.fixture(scope="module")
def foundation(tmp_path_factory: pytest.TempPathFactory, hook_zip: Path) -> StackJson:
    folder = tmp_path_factory.mktemp("settings")
    (folder / "sample.toml").write_text("")
    (folder / "foundation.toml").write_text('state_bucket = "acme-state"\nstate_days = 90\n')
    out = synthesize({OVERRIDE: str(hook_zip)}, folder, tmp_path_factory.mktemp("out"))
    return StackJson(name="foundation", document=json.loads((out / "stacks/foundation/cdk.tf.json").read_text()))


def test_nobody_destroys_it_by_accident(foundation: StackJson) -> None:
    ((_, bucket),) = foundation.resources("aws_s3_bucket")
    assert (bucket["force_destroy"], bucket["lifecycle"]) == (False, {"prevent_destroy": True})


def test_replaced_versions_stay_for_a_time_and_the_newest_one_for_ever(foundation: StackJson) -> None:
    ((_, versioning),) = foundation.resources("aws_s3_bucket_versioning")
    ((_, lifecycle),) = foundation.resources("aws_s3_bucket_lifecycle_configuration")
    assert versioning["versioning_configuration"] == {"status": "Enabled"}
    (rule,) = lifecycle["rule"]
    assert rule["noncurrent_version_expiration"] == [{"noncurrent_days": 90}]
    assert rule["expiration"] == [{"expired_object_delete_marker": True}]


def test_it_is_closed_to_the_public_and_to_whoever_speaks_no_tls(foundation: StackJson) -> None:
    ((_, block),) = foundation.resources("aws_s3_bucket_public_access_block")
    closed = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    assert all(block[one] is True for one in closed)
    ((_, policy),) = foundation.resources("aws_s3_bucket_policy")
    (statement,) = json.loads(policy["policy"])["Statement"]
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_it_is_encrypted(foundation: StackJson) -> None:
    ((_, encryption),) = foundation.resources("aws_s3_bucket_server_side_encryption_configuration")
    (rule,) = encryption["rule"]
    assert rule["apply_server_side_encryption_by_default"] == {"sse_algorithm": "AES256"}
