"""What becomes of a state that is in a file, in the bucket, or in both."""

from __future__ import annotations

import json

import pytest

from bluegreen.terraform_state.state import Course, State, StateError, course, parse


def _state(lineage: str = "one", serial: int = 1, resources: int = 3) -> State:
    return State(lineage=lineage, serial=serial, resources=resources, content=b"")


@pytest.mark.parametrize(
    ("file", "bucket", "expected"),
    [
        (None, None, Course.NOTHING),
        (None, _state(), Course.NOTHING),
        (_state(), None, Course.MOVE),
        (_state(resources=0), None, Course.MOVE),
        (_state(), _state(), Course.SET_ASIDE),
        (_state(serial=1), _state(serial=9), Course.SET_ASIDE),
        (_state("two", resources=0), _state(), Course.SET_ASIDE),
    ],
)
def test_no_state_is_written_over_another(file: State | None, bucket: State | None, expected: Course) -> None:
    assert course("sample", file, bucket) is expected


@pytest.mark.parametrize("file", [_state("two"), _state(serial=2)], ids=["another one", "a later one"])
def test_two_states_are_left_to_a_person(file: State) -> None:
    with pytest.raises(
        StateError, match=r"^sample: two states: the file has 3 resources .* neither was touched"
    ) as refused:
        course("sample", file, _state(serial=1))
    assert "\n" not in str(refused.value)


def test_a_state_is_read_with_what_tells_it_from_others() -> None:
    managed, data = {"mode": "managed"}, {"mode": "data"}
    document = {"version": 4, "lineage": "it", "serial": 7, "resources": [managed, data]}
    content = json.dumps(document).encode()
    assert parse(content, "here") == State(lineage="it", serial=7, resources=1, content=content)


def test_a_file_that_terraform_has_only_begun_is_none() -> None:
    assert parse(b"\n", "here") is None


@pytest.mark.parametrize("content", [b"{", b"[]", b'{"version": 4}', b'{"version": 3}'])
def test_what_is_no_state_is_refused_in_one_line(content: bytes) -> None:
    with pytest.raises(StateError, match=r"^here: ") as refused:
        parse(content, "here")
    assert "\n" not in str(refused.value)
