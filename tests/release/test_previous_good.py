from collections.abc import Iterable, Iterator
from dataclasses import replace

import pytest

from bluegreen.release.errors import ReleaseError
from bluegreen.release.previous_good import find
from bluegreen.release.record import Record


def release(before: int, after: int, status: str = "Succeeded", undoes: str = "", rollback: str = "") -> Record:
    return Record(
        deployment_id=f"d-{after}",
        status=status,
        before=f"api:{before}" if before else "",
        after=f"api:{after}",
        undoes=undoes,
        rollback_deployment_id=rollback,
    )


def found(releases: Iterable[Record], live: int) -> str:
    return find(releases, f"api:{live}", "--environment sample")


def test_the_release_before_the_live_one_is_the_last_good_one() -> None:
    assert found([release(2, 3), release(1, 2)], live=3) == "api:2"


def test_the_first_release_goes_back_to_what_was_live_before_it() -> None:
    assert found([release(1, 2)], live=2) == "api:1"


def test_failed_and_stopped_releases_are_passed_over() -> None:
    others = [release(0, 4, "Failed"), release(0, 3, "Stopped"), release(0, 2)]
    assert found([release(0, 5), *others], live=5) == "api:2"


def test_a_second_rollback_goes_further_back() -> None:
    assert found([release(3, 2, undoes="d-3"), release(2, 3), release(1, 2)], live=2) == "api:1"


def test_after_a_rollback_and_a_new_release_the_revision_that_was_left_is_not_gone_back_to() -> None:
    assert found([release(2, 4), release(3, 2, undoes="d-3"), release(2, 3), release(1, 2)], live=4) == "api:2"


def test_a_rollback_that_failed_may_be_tried_again() -> None:
    assert found([release(3, 2, "Failed", undoes="d-3"), release(2, 3), release(1, 2)], live=3) == "api:2"


def test_only_as_many_releases_are_read_as_needed() -> None:
    def releases() -> Iterator[Record]:
        yield release(0, 3)
        yield release(0, 2)
        pytest.fail("read on")

    assert found(releases(), live=3) == "api:2"


@pytest.mark.parametrize("releases", [[], [release(0, 3)], [release(0, 3), release(0, 2, "Failed")]])
def test_where_nothing_good_is_known_the_way_to_name_one_is(releases: list[Record]) -> None:
    with pytest.raises(ReleaseError, match="nothing to go back to; `bluegreen rollback --to REVISION --environment"):
        found(releases, live=3)


@pytest.mark.parametrize(
    ("rollback", "words"), [("d-BACK", "was rolled back by d-BACK"), ("", "was not rolled back")], ids=["back", "not"]
)
def test_a_good_release_is_not_taken_back_because_the_next_one_failed(rollback: str, words: str) -> None:
    with pytest.raises(ReleaseError, match=f"d-4 of api:4, is Failed and {words}: api:3 is live"):
        found([release(3, 4, "Failed", rollback=rollback), release(2, 3), release(1, 2)], live=3)


def test_one_that_was_stopped_halfway_and_taken_back_by_hand_is_said_to_be() -> None:
    back = replace(release(3, 3, undoes="d-4"), deployment_id="d-BACK")
    stopped = release(3, 4, "Stopped")
    with pytest.raises(ReleaseError, match="d-4 of api:4, is Stopped and was rolled back by d-BACK: api:3 is live"):
        found([back, stopped, release(2, 3)], live=3)
    with pytest.raises(ReleaseError, match="is Stopped and was not rolled back"):
        found([replace(back, status="Failed"), stopped, release(2, 3)], live=3)


def test_a_release_that_failed_but_is_live_all_the_same_is_taken_back() -> None:
    assert found([release(3, 4, "Failed"), release(2, 3)], live=4) == "api:3"


def test_the_first_release_goes_back_too_when_it_was_stopped_after_all_traffic_had_moved() -> None:
    assert found([release(1, 2, "Stopped")], live=2) == "api:1"
