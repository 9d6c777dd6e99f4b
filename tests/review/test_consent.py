"""Whose comments allow what."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bluegreen.review import consent
from bluegreen.review.errors import ReviewError


def comment(body: str | None, association: str = "MEMBER", kind: str = "User") -> dict[str, Any]:
    return {"body": body, "author_association": association, "user": {"login": "somebody", "type": kind}}


def allowed(*comments: Any) -> tuple[str, ...]:
    return consent.allowed(json.dumps(comments).encode(), "shop")


def test_a_line_of_a_member_allows_an_address_of_the_stack() -> None:
    body = 'Meant so, see the plan.\n\n  plan-allow shop aws_lb.front \r\nplan-allow shop aws_lb.a["b"]\n'
    assert allowed(comment(body)) == ("aws_lb.front", 'aws_lb.a["b"]')


@pytest.mark.parametrize("association", ["OWNER", "MEMBER", "COLLABORATOR"])
def test_who_has_a_part_in_the_repository_is_heard(association: str) -> None:
    assert allowed(comment("plan-allow shop aws_lb.front", association)) == ("aws_lb.front",)


@pytest.mark.parametrize(
    "association", ["NONE", "CONTRIBUTOR", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "MANNEQUIN", ""]
)
def test_nobody_else_is_heard(association: str) -> None:
    assert allowed(comment("plan-allow shop aws_lb.front", association)) == ()


def test_no_program_is_heard_not_even_this_one() -> None:
    assert allowed(comment("plan-allow shop aws_lb.front", kind="Bot")) == ()


@pytest.mark.parametrize(
    "body",
    [
        None,
        "",
        "plan-allow production aws_lb.front",
        "please plan-allow shop aws_lb.front",
        "> plan-allow shop aws_lb.front",
        "plan-allow shop aws_lb.front and all else",
        "plan-allow shop $(touch x)",
        "plan-allow shop --json",
        "plan-allow shop",
    ],
)
def test_no_other_line_allows_anything(body: str | None) -> None:
    assert [one for one in allowed(comment(body)) if one.startswith("aws_")] == []


def test_pages_of_comments_are_read_as_one() -> None:
    assert allowed([comment("plan-allow shop aws_a.b")], [comment("plan-allow shop aws_c.d")]) == ("aws_a.b", "aws_c.d")


@pytest.mark.parametrize("content", [b"", b"{}7", b'{"message": "Not Found"}', b"[1]", b'[{"body": "x"}]'])
def test_what_is_no_answer_of_github_is_refused(content: bytes) -> None:
    with pytest.raises(ReviewError, match="not what GitHub answers"):
        consent.allowed(content, "shop")
