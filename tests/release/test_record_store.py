"""Several people watch one release: which record stays, asked of a real S3 on the loopback."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from bluegreen.release import record_store
from bluegreen.release.record import Record
from tests.release.conftest import SAMPLE

BUCKET = "records-of-sample"
TARGET = replace(SAMPLE, records_bucket=BUCKET)
SHIFTED = Record(deployment_id="d-1", status="InProgress", image="by the watch that left")
STOPPING = Record(deployment_id="d-1", status="InProgress", stopped_by="octocat")
ENDED = Record(deployment_id="d-1", status="Stopped", image="by the watch to the end")


@pytest.fixture
def clients(client: Callable[[str], Any]) -> Any:
    """The account's S3, with an empty bucket."""
    s3 = client("s3")
    s3.create_bucket(Bucket=BUCKET)
    s3.delete_object(Bucket=BUCKET, Key=record_store.key(TARGET, "d-1"))
    return SimpleNamespace(s3=s3)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ([SHIFTED, ENDED], ENDED),
        ([ENDED, SHIFTED], ENDED),
        ([ENDED, replace(ENDED, status="Failed")], ENDED),
        ([SHIFTED, STOPPING], replace(SHIFTED, stopped_by="octocat")),
        ([STOPPING, SHIFTED], STOPPING),
        ([STOPPING, ENDED], replace(ENDED, stopped_by="octocat")),
        ([ENDED, STOPPING], replace(ENDED, stopped_by="octocat")),
        ([SHIFTED, STOPPING, ENDED, ENDED], replace(ENDED, stopped_by="octocat")),
    ],
)
def test_the_one_that_knows_the_end_stays_and_who_stopped_it_is_never_lost(
    clients: Any, written: list[Record], kept: Record
) -> None:
    for one in written:
        record_store.write(clients, TARGET, one)
    assert record_store.read(clients, TARGET, "d-1") == kept
    assert record_store.who_stopped(clients, TARGET, "d-1") == kept.stopped_by


def test_without_a_bucket_nobody_is_known_to_have_stopped_it(clients: Any) -> None:
    assert record_store.who_stopped(clients, SAMPLE, "d-1") == ""


def test_a_bucket_that_may_not_be_read_hides_no_reason(clients: Any) -> None:
    assert record_store.who_stopped(clients, replace(SAMPLE, records_bucket="there-is-none"), "d-1") == ""
