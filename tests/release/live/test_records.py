"""What is remembered of releases that real parts have carried out, and what tells it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.release.live.moment import info, live
from tests.release.live.released import Run, released
from tests.release.live.told import event, events

pytestmark = pytest.mark.slow

NAME = "rehearsal"


def test_history_and_status_tell_who_what_and_how_it_ended(run: Run, account: Any) -> None:
    tag = "print-blue-3f2a91c"
    account.push(tag, account.service, "Blue")
    before, good = released(run, account, tag, GITHUB_ACTOR="octocat")
    failed = run("deploy", "--image-tag", "broken", "--json")
    bad, back = event(failed, "started")["deployment_id"], event(failed, "outcome")["rollback_deployment_id"]
    after = live(account)

    newest, second = events(run("history", "--limit", "2", "--format", "json"))
    assert (newest["deployment_id"], newest["status"], newest["verdict"]) == (bad, "Failed", "Failed")
    assert (newest["rollback_deployment_id"], newest["rollback_status"]) == (back, "Succeeded")
    assert "/one: expected status 200, got status 500" in newest["reason"]
    assert (second["deployment_id"], second["from"], second["to"]) == (good, before, after)
    assert (second["who"], second["git_revision"], second["image_tag"]) == ("octocat", "3f2a91c", tag)
    assert second["image"] == f"{account.made['repository']}@sha256:{second['image_digest']}"
    assert len(second["image_digest"]) == 64
    assert second["verdicts"][0]["expected_revision"] == after
    assert second["lifecycle"]["AllowTraffic"] >= 0

    rows = list(csv.DictReader(io.StringIO(run("history", "--limit", "2", "--format", "csv").out)))
    assert [(row["deployment_id"], row["who"]) for row in rows] == [(bad, newest["who"]), (good, "octocat")]
    table = run("history", "--limit", "2").out.splitlines()
    assert len(table) == 3
    assert f"rolled back by {back}" in table[1]
    assert " octocat " in table[2]

    shown = run("status", "--json")
    (overview,) = events(shown)
    assert (overview["live"], overview["tag"]) == (after, tag)
    assert [one["revision"] for one in overview["production"]] == [after]
    assert overview["deployment"]["rolls_back"] == bad


def test_without_a_bucket_the_description_is_the_record(
    run: Run, account: Any, fresh: str, without_bucket: None
) -> None:
    before, good = released(run, account, fresh, GITHUB_ACTOR="octocat", GITHUB_SHA="0123456789")
    assert run("rollback", "--yes", GITHUB_ACTOR="hubot").code == 0
    back, release = events(run("history", "--limit", "2", "--json"))
    assert (release["who"], release["git_revision"], release["from"]) == ("octocat", "0123456", before)
    assert (release["verdict"], release["status"], len(release["image_digest"])) == ("Succeeded", "Succeeded", 12)
    assert (back["who"], back["undoes"], back["to"], back["image_tag"]) == ("hubot", good, before, release_tag(run))
    assert len(info(account, good)["description"]) <= 256


def release_tag(run: Run) -> str:
    return events(run("status", "--json"))[0]["tag"]


def test_a_record_that_cannot_be_kept_is_noted_and_fails_nothing(run: Run, account: Any, fresh: str) -> None:
    s3 = account.client("s3")
    for one in s3.list_objects_v2(Bucket=NAME).get("Contents", []):
        s3.delete_object(Bucket=NAME, Key=one["Key"])
    s3.delete_bucket(Bucket=NAME)
    ended = run("deploy", "--image-tag", fresh)
    s3.create_bucket(Bucket=NAME)
    assert ended.code == 0
    assert f"note: no release record was kept in {NAME}: " in ended.out
