"""IAM's patterns, and when one covers another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluegreen.review import wildcard

PATTERNS = st.text("ab:*?", max_size=6)
TEXTS = st.text("ab:", max_size=6)


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("*", "s3:GetObject"),
        ("s3:*", "s3:Get*"),
        ("s3:Get*", "s3:GetObject"),
        ("s3:GetObjec?", "s3:GetObject"),
        ("arn:aws:s3:::a/*", "arn:aws:s3:::a/b/*"),
        ("*", "*"),
        ("a*c", "ab*bc"),
    ],
)
def test_the_wider_pattern_covers_the_narrower_and_not_the_other_way_round(wide: str, narrow: str) -> None:
    assert wildcard.covers(wide, narrow)
    assert wide == narrow or not wildcard.covers(narrow, wide)


@pytest.mark.parametrize(("one", "other"), [("s3:Get*", "s3:Put*"), ("s3:Get*", "*Get"), ("a?", "a*"), ("a.c", "abc")])
def test_neither_of_these_covers_the_other(one: str, other: str) -> None:
    assert not wildcard.covers(one, other)


@given(wide=PATTERNS, narrow=PATTERNS, text=TEXTS)
def test_what_is_covered_holds_nothing_that_the_wider_does_not(wide: str, narrow: str, text: str) -> None:
    if wildcard.covers(wide, narrow) and wildcard.covers(narrow, text):
        assert wildcard.covers(wide, text)


@given(one=PATTERNS, other=PATTERNS, text=TEXTS)
def test_patterns_that_share_a_text_may_meet(one: str, other: str, text: str) -> None:
    if wildcard.covers(one, text) and wildcard.covers(other, text):
        assert wildcard.may_meet(one, other)
