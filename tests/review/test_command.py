"""`bluegreen review`, as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.review.plans import DELETE, document, resource, updated

LOST = resource("aws_lb.front", DELETE, {"name": "front"})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clean.json").write_bytes(document())
    (tmp_path / "lost.json").write_bytes(document(LOST))
    return tmp_path


def review(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bluegreen", "review", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_a_clean_plan_exits_with_0(folder: Path) -> None:
    done = review(folder, "clean.json", "--stack", "shop")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "shop: No changes: the infrastructure is as the configuration says.\n"


def test_a_finding_exits_with_1_and_with_0_once_it_is_allowed(folder: Path) -> None:
    done = review(folder, "lost.json")
    assert done.returncode == 1
    assert "NOT ALLOWED  aws_lb.front" in done.stdout
    done = review(folder, "lost.json", "--allow", "aws_lb.front")
    assert done.returncode == 0
    assert "allowed  aws_lb.front" in done.stdout


def test_an_address_that_needs_no_allowance_exits_with_2(folder: Path) -> None:
    done = review(folder, "lost.json", "--allow", "aws_lb.back")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "can be allowed: aws_lb.front" in done.stderr


def test_the_markdown_is_written_whatever_the_verdict(folder: Path) -> None:
    assert review(folder, "lost.json", "--stack", "shop", "--markdown", "summary.md").returncode == 1
    assert (folder / "summary.md").read_text().startswith("<!-- plan of shop -->\n## Plan: `shop`\n")


def test_a_review_that_no_comment_holds_is_warned_of(folder: Path) -> None:
    many = [updated(f"aws_subnet.a{n}", {"v": "x" * 100}, v="y" * 100) for n in range(900)]
    (folder / "many.json").write_bytes(document(*many))
    done = review(folder, "many.json", "--markdown", "summary.md")
    assert "summary.md: more than a comment on GitHub holds" in done.stderr
    assert len((folder / "summary.md").read_text()) <= 65_536
    assert done.stdout.count("aws_subnet.a") == 900


def test_json_is_one_object_for_programs(folder: Path) -> None:
    told = json.loads(review(folder, "lost.json", "--json").stdout)
    assert (told["clean"], told["counts"]["destroyed"]) == (False, 1)
    assert told["changes"][0] | {"attributes": []} == {
        "address": "aws_lb.front",
        "type": "aws_lb",
        "part": "Load balancer",
        "kind": "destroyed",
        "attributes": [],
    }
    assert told["findings"][0]["is_allowed"] is False


def test_comments_allow_and_those_out_of_date_are_passed_over(folder: Path) -> None:
    user = {"author_association": "MEMBER", "user": {"type": "User"}}
    body = "plan-allow shop aws_lb.front\nplan-allow shop aws_lb.gone-since"
    (folder / "comments.json").write_text(json.dumps([{**user, "body": body}]))
    assert review(folder, "lost.json", "--stack", "shop", "--comments", "comments.json").returncode == 0
    assert review(folder, "lost.json", "--stack", "other", "--comments", "comments.json").returncode == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("absent.json", None, "absent.json cannot be read: No such file or directory"),
        ("binary", b"PK\x03\x04\xff", "it is no JSON"),
        ("state.json", b'{"format_version": "1.0", "values": {}}', "it is JSON, but no plan"),
    ],
)
def test_what_is_no_plan_exits_with_2_and_one_line(folder: Path, name: str, content: bytes | None, words: str) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    done = review(folder, name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("bluegreen: ")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_sensitive_value_is_in_any_of_the_outputs(folder: Path) -> None:
    secret = "hunter2"
    entry = updated(
        "aws_ssm_parameter.p", {"value": secret, "insecure_value": "a"}, value=f"{secret}!", insecure_value="b"
    )
    entry["change"] |= {"before_sensitive": {"value": True}, "after_sensitive": {"value": True}}
    (folder / "secret.json").write_bytes(document(entry))
    words, told = review(folder, "secret.json", "--markdown", "summary.md"), review(folder, "secret.json", "--json")
    everything = words.stdout + words.stderr + told.stdout + (folder / "summary.md").read_text()
    assert "(sensitive value)" in everything
    assert secret not in everything
