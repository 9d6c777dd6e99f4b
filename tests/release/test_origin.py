from pathlib import Path

import boto3
import pytest

from bluegreen.release import origin
from tests.release.live import faulty_proxy


@pytest.mark.parametrize(
    ("arn", "name"),
    [
        ("arn:aws:sts::123456789012:assumed-role/Releases/alice@example.org", "Releases/alice@example.org"),
        ("arn:aws:iam::123456789012:user/alice", "alice"),
        ("arn:aws:iam::123456789012:root", "root"),
    ],
)
def test_a_caller_is_named_by_what_tells_people_apart(arn: str, name: str) -> None:
    assert origin.caller(arn) == name


@pytest.mark.parametrize(
    ("tag", "revision"),
    [
        ("print-blue-3f2a91c", "3f2a91c"),
        ("print-blue-3f2a91c-dirty", "3f2a91c-dirty"),
        ("print-green", ""),
        ("v1-release", ""),
        (None, ""),
    ],
)
def test_a_tag_says_which_git_revision_it_is(tag: str | None, revision: str) -> None:
    assert origin.in_tag(tag) == revision


def test_a_tag_without_one_leaves_it_to_the_workflow_and_then_to_the_checkout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert origin.git_revision("print-blue-3f2a91c", {"GITHUB_SHA": "0123456789"}) == "3f2a91c"
    assert origin.git_revision("print-blue", {"GITHUB_SHA": "0123456789"}) == "0123456"
    monkeypatch.chdir(tmp_path)
    assert origin.git_revision("print-blue", {}) == ""


def test_who_it_is_stays_empty_where_a_log_in_page_answers_for_sts() -> None:
    with faulty_proxy.serve("http://127.0.0.1:1") as proxy:
        proxy.fault = lambda _: faulty_proxy.LOG_IN_PAGE
        sts = boto3.client(
            "sts",
            region_name="us-east-1",
            endpoint_url=proxy.endpoint,
            aws_access_key_id="nobody",
            aws_secret_access_key="nobody",
        )
        assert origin.who(sts, {}) == ""
        assert proxy.asked
        assert origin.who(sts, {"GITHUB_ACTOR": "octocat"}) == "octocat"
