"""What counts as a plan, and what is read of it."""

from __future__ import annotations

import json

import pytest

from bluegreen.review.errors import ReviewError
from bluegreen.review.parse import parse
from bluegreen.review.plan import Kind
from tests.review.plans import CREATE, DELETE, KEEP, REPLACE, UPDATE, document, plan, resource


@pytest.mark.parametrize(
    ("actions", "kind"),
    [
        (CREATE, Kind.ADDED),
        (UPDATE, Kind.CHANGED),
        (REPLACE, Kind.REPLACED),
        (["create", "delete"], Kind.REPLACED),
        (DELETE, Kind.DESTROYED),
        (["forget"], Kind.FORGOTTEN),
    ],
)
def test_terraforms_actions_are_told_in_one_word(actions: list[str], kind: Kind) -> None:
    (change,) = plan(resource("aws_lb.front", actions, {}, {})).changes
    assert change.kind is kind


def test_what_stays_and_what_is_only_read_is_no_change() -> None:
    read = {**resource("aws_region.here", ["read"]), "mode": "data"}
    assert plan(resource("aws_lb.front", KEEP, {}, {}), read).is_clean


def test_a_move_and_an_import_are_changes_though_nothing_is_done() -> None:
    moved = {**resource("aws_lb.new", KEEP, {}, {}), "previous_address": "aws_lb.old"}
    imported = resource("aws_lb.found", KEEP, {}, {}, importing={"id": "arn"})
    assert [change.kind for change in plan(moved, imported).changes] == [Kind.MOVED, Kind.IMPORTED]


def test_an_output_that_changes_makes_a_plan_unclean() -> None:
    assert plan(output_changes={"url": {"actions": ["update"]}}).outputs == ("url",)
    assert plan(output_changes={"url": {"actions": ["no-op"]}}).is_clean


def test_a_deposed_object_is_told_apart_from_the_one_in_use() -> None:
    (change,) = plan({**resource("aws_lb.front", DELETE, {}), "deposed": "a1b2"}).changes
    assert change.address == "aws_lb.front (deposed a1b2)"


def test_only_drift_that_the_plan_sets_back_is_drift() -> None:
    drift = [{"address": "aws_lb.front", "change": {"before": {"a": 1, "b": 1}, "after": {"a": 2, "b": 2}}}]
    (change,) = plan(resource("aws_lb.front", UPDATE, {"a": 2, "b": 2}, {"a": 1, "b": 2}), resource_drift=drift).changes
    assert change.drifted == ("a",)


def test_a_newer_minor_version_with_unknown_fields_is_read() -> None:
    later = json.loads(document(resource("aws_lb.front", CREATE, None, {})))
    later |= {"format_version": "1.99", "novelty": {"deep": [1]}}
    later["resource_changes"][0]["change"]["novelty"] = True
    assert len(parse(json.dumps(later).encode()).changes) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04\xff\xfe", "it is no JSON: make one with `terraform show -json PLAN`"),
        (b"", "it is no JSON"),
        (b"[]", "it is JSON, but no plan"),
        (b'{"format_version": "1.0", "values": {}}', "it is JSON, but no plan"),
        (b'{"format_version": "2.0", "planned_values": {}}', r"the plan's format is 2\.0, and 1\.x can be read"),
        (b'{"format_version": "1.2", "planned_values": {}, "errored": true}', "Terraform did not finish this plan"),
        (b'{"format_version": "1.2", "planned_values": {}, "resource_changes": [{}]}', "no plan that can be read"),
        (b'{"format_version": "1.2", "planned_values": {}, "resource_changes": 7}', "no plan that can be read"),
    ],
)
def test_what_is_no_plan_is_refused_in_one_line(content: bytes, words: str) -> None:
    with pytest.raises(ReviewError, match=words) as refusal:
        parse(content)
    assert "\n" not in str(refusal.value)


def test_an_action_that_nobody_knows_is_refused_rather_than_passed_over() -> None:
    with pytest.raises(ReviewError, match=r"aws_lb\.front: \['explode'\] is no action"):
        plan(resource("aws_lb.front", ["explode"], {}, {}))
