import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bluegreen.release import record, record_store, releases, releases_table
from bluegreen.release.record import Record
from bluegreen.release.snapshot import parse
from bluegreen.release_target import ReleaseTarget

Recorded = Callable[..., Any]
DESCRIPTION = "mend it [rust-blue-green:4 -> 5; by octocat; digest 0f1e2d3c4b5a; git 3f2a91c; image print-blue-3f2a91c]"


@pytest.fixture
def known(deployment_info: Recorded, target: ReleaseTarget) -> Record:
    """What CodeDeploy and the description say of a release."""
    info = deployment_info("Succeeded", description=DESCRIPTION)
    info["completeTime"] = info["createTime"] + timedelta(seconds=92)
    return record.of(parse(info, None), target, after="rust-blue-green:5", hooked=True)


def test_the_description_tells_who_and_what(known: Record) -> None:
    assert (known.who, known.before, known.after) == ("octocat", "rust-blue-green:4", "rust-blue-green:5")
    assert (known.image_tag, known.image_digest, known.git_revision) == (
        "print-blue-3f2a91c",
        "0f1e2d3c4b5a",
        "3f2a91c",
    )
    assert (known.seconds, known.note, known.verdict) == (92.0, "mend it", "Succeeded")


@pytest.mark.parametrize(
    ("status", "code", "hooked", "verdict"),
    [
        ("Succeeded", "", True, "Succeeded"),
        ("Succeeded", "", False, ""),
        ("Failed", "HOOK_EXECUTION_FAILURE", True, "Failed"),
        ("Stopped", "MANUAL_STOP", True, ""),
    ],
)
def test_a_verdict_that_is_not_known_is_not_made_up(
    deployment_info: Recorded, target: ReleaseTarget, status: str, code: str, hooked: bool, verdict: str
) -> None:
    deployment = parse(deployment_info(status, errorInformation={"code": code, "message": ""}), None)
    assert record.of(deployment, target, after="", hooked=hooked).verdict == verdict


def test_a_record_is_read_back_as_it_was_written(known: Record) -> None:
    assert record.from_json(known.to_json()) == known
    assert json.loads(known.to_json())["from"] == "rust-blue-green:4"


def test_one_from_before_the_end_is_completed_by_what_codedeploy_knows(known: Record) -> None:
    early = replace(known, status="InProgress", completed=None, seconds=None, image="image@sha256:0f1e")
    end = parse({"deploymentId": "d-1", "status": "Stopped", "errorInformation": {"code": "MANUAL_STOP"}}, None)
    found = record.brought_up_to_date(early, end)
    assert (found.status, found.error_code, found.image) == ("Stopped", "MANUAL_STOP", "image@sha256:0f1e")
    assert record.brought_up_to_date(replace(early, status="Failed"), end).status == "Failed"


def test_a_record_of_a_later_version_is_read_as_far_as_it_is_known(known: Record) -> None:
    document = json.loads(known.to_json())
    del document["git_revision"]
    found = record.from_json(json.dumps({**document, "version": 2, "weather": "fine"}))
    assert found is not None
    assert (found.who, found.git_revision) == ("octocat", "")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", "null", '{"deployment_id": 5}', '{"deployment_id":"d","created":"x"}']
)
def test_what_is_no_record_is_none(text: str) -> None:
    assert record.from_json(text) is None


def test_the_records_of_a_service_are_kept_apart(target: ReleaseTarget) -> None:
    assert record_store.key(target, "d-1") == "releases/sample/d-1.json"


def test_a_rollback_is_told_with_what_it_rolled_back(deployment_info: Recorded, known: Record) -> None:
    back = parse({**deployment_info("Succeeded"), "deploymentId": "d-BACK"}, None)
    assert releases.joined(known, None) == known
    joined = releases.joined(known, back)
    assert (joined.rollback_deployment_id, joined.rollback_status) == ("d-BACK", "Succeeded")


def test_a_table_has_one_line_a_release_and_aligned_columns(known: Record) -> None:
    unknown = Record(deployment_id="d-2", status="Failed", error_code="TIMEOUT", rollback_deployment_id="d-BACK")
    head, first, second = releases_table.lines([known, unknown])
    assert first.index("rust-blue-green:4 -> rust-blue-green:5") == head.index("FROM -> TO") == second.index("? -> ?")
    assert first.endswith("92 s  Succeeded")
    assert second.endswith("Failed (TIMEOUT), rolled back by d-BACK")
    late = replace(known, stopped_by="octocat")
    assert releases_table.lines([late])[1].endswith("Succeeded"), "the stop came when it was over"
    stopped = replace(late, status="Stopped")
    assert releases_table.lines([stopped])[1].endswith("Stopped by octocat")
    assert releases_table.lines([]) == ["there was no release yet"]


def test_csv_has_a_head_and_keeps_commas_and_line_ends_in_their_cells(known: Record) -> None:
    stream = io.StringIO()
    releases_table.write_csv([replace(known, reason='one, "two"\nthree')], stream)
    (row,) = csv.DictReader(io.StringIO(stream.getvalue()))
    assert (row["from"], row["reason"], row["created"]) == (
        "rust-blue-green:4",
        'one, "two"\nthree',
        "2026-11-22T14:00:00+00:00",
    )
