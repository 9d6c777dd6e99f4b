"""Deletion protection."""

from __future__ import annotations

import pytest

from tests.review.plans import DELETE, resource, rules_broken, updated


@pytest.mark.parametrize("switch", ["enable_deletion_protection", "deletion_protection", "deletion_protection_enabled"])
@pytest.mark.parametrize("off", [False, None])
def test_it_is_not_switched_off_unawares(switch: str, off: bool | None) -> None:
    assert rules_broken(updated("aws_lb.front", {switch: True}, **{switch: off})) == ["protection"]


def test_it_may_be_switched_on_and_stay_off() -> None:
    assert (
        rules_broken(updated("aws_lb.front", {"enable_deletion_protection": False}, enable_deletion_protection=True))
        == []
    )
    assert (
        rules_broken(updated("aws_lb.front", {"enable_deletion_protection": False, "idle_timeout": 1}, idle_timeout=2))
        == []
    )


def test_a_destroy_is_told_as_what_it_is() -> None:
    assert rules_broken(resource("aws_lb.front", DELETE, {"enable_deletion_protection": True})) == ["lasting"]
