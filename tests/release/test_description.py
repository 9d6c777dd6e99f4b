from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluegreen.release.description import LENGTH, Description, parse, write

FULL = Description(
    before="rust-blue-green:4",
    after="rust-blue-green:5",
    who="Releases/octocat",
    digest="0f1e2d3c4b5a",
    git_revision="3f2a91c",
    tag="print-blue-3f2a91c",
    undoes="",
    note="",
)
TEXT = "[rust-blue-green:4 -> 5; by Releases/octocat; digest 0f1e2d3c4b5a; git 3f2a91c; image print-blue-3f2a91c]"


def test_a_person_can_read_it() -> None:
    assert write(FULL) == TEXT
    assert write(replace(FULL, note="hotfix for\nthe shop")) == f"hotfix for the shop {TEXT}"


def test_a_program_reads_back_what_was_written() -> None:
    noted = replace(FULL, note="hotfix [see 12]", undoes="d-1NNWZG91L")
    assert parse(write(noted)) == noted


def test_revisions_of_two_families_are_both_named() -> None:
    moved = replace(FULL, after="other:1")
    assert parse(write(moved)) == moved


@pytest.mark.parametrize("text", ["", "Deployed by ecspresso", "see [ticket]", "[]", "[a -> b]"])
def test_the_words_of_another_client_are_a_note_or_nothing(text: str) -> None:
    assert not parse(text).after
    assert not parse(text).who


def test_facts_go_before_words_which_are_cut() -> None:
    long = write(replace(FULL, note="x" * 500))
    assert len(long) == LENGTH
    assert long.endswith(f"x {TEXT}")


def test_what_does_not_fit_is_left_out_from_the_end() -> None:
    long = parse(write(replace(FULL, before=f"{'f' * 150}:4", after=f"{'f' * 150}:5", tag="t" * 128)))
    assert (long.before, long.who, long.tag) == (f"{'f' * 150}:4", FULL.who, "")


WORDS = st.text(max_size=300)


@given(st.builds(Description, who=WORDS, digest=WORDS, tag=WORDS, note=WORDS, before=WORDS, after=WORDS))
def test_it_never_is_too_long_and_is_always_read(description: Description) -> None:
    text = write(description)
    assert len(text) <= LENGTH
    assert isinstance(parse(text), Description)
