"""The summary for a pull request, and the one for a terminal."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bluegreen.review import guard, terminal
from bluegreen.review.markdown import LIMIT, code, is_cut, markdown
from bluegreen.review.summary import Review
from tests.review.plans import CREATE, DELETE, KEEP, REPLACE, UPDATE, plan, resource, updated

CHANGES = (
    resource("aws_cloudwatch_metric_alarm.errors", CREATE, None, {"alarm_name": "shop-errors"}),
    updated("aws_lb.front", {"idle_timeout": 60}, idle_timeout=61),
    resource("aws_cloudwatch_log_group.hook", REPLACE, {"name": "a"}, {"name": "b"}, replace_paths=[["name"]]),
    resource("aws_lb_target_group.green", DELETE, {"name": "shop-green"}),
)


def review(*changes: dict[str, Any], allow: tuple[str, ...] = (), **more: Any) -> Review:
    parsed = plan(*changes, **more)
    return Review(title="shop", plan=parsed, findings=guard.allow(guard.inspect(parsed), allow))


def test_a_clean_plan_is_one_sentence() -> None:
    clean = review(resource("aws_lb.front", KEEP, {}, {}))
    assert markdown(clean).endswith("\n\nNo changes: the infrastructure is as the configuration says.\n")
    assert list(terminal.lines(clean)) == ["shop: No changes: the infrastructure is as the configuration says."]


def test_it_counts_then_objects_then_tells_each_kind_by_part() -> None:
    told = markdown(review(*CHANGES))
    order = [
        "## Plan: `shop`",
        "**1 to add, 1 to change, 1 to replace, 1 to destroy**",
        "### Guard: 1 not allowed, 0 allowed",
        "- **not allowed**: `aws_lb_target_group.green`",
        "### Added",
        "**Alarms**",
        "- `aws_cloudwatch_metric_alarm.errors`: `shop-errors`",
        "### Changed",
        "**Load balancer**",
        "  - `idle_timeout`: `60` → `61`",
        "### Replaced",
        "**Hook**",
        "  - `name`: `a` → `b` (**forces the replacement**)",
        "### Destroyed",
        "- `aws_lb_target_group.green`: `shop-green`",
    ]
    places = [told.find(text) for text in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_what_is_allowed_is_told_as_allowed() -> None:
    told = markdown(review(*CHANGES, allow=("aws_lb_target_group.green",)))
    assert "### Guard: 0 not allowed, 1 allowed" in told
    assert "- allowed: `aws_lb_target_group.green`" in told


def test_a_plan_without_a_finding_says_so() -> None:
    assert "The guard objects to nothing." in markdown(review(CHANGES[0]))
    assert list(terminal.lines(review(CHANGES[0])))[-1] == "guard: nothing to object to"


def test_outputs_and_drift_and_moves_are_told() -> None:
    drift = [{"address": "aws_lb.front", "change": {"before": {"idle_timeout": 61}, "after": {"idle_timeout": 60}}}]
    moved = {**resource("aws_eip.new", KEEP, {}, {}), "previous_address": "aws_eip.old"}
    told = markdown(review(CHANGES[1], moved, resource_drift=drift, output_changes={"url": {"actions": ["create"]}}))
    assert "1 moved, outputs that change: url" in told
    assert "`aws_lb.front` (idle_timeout changed outside Terraform since the last apply)" in told
    assert "`aws_eip.new` (was aws_eip.old)" in told


def test_a_tag_that_everything_gets_hides_nothing_else() -> None:
    before = {"tags_all": {"a": "1"}, "v": 1}
    tagged = [updated(f"aws_subnet.s{n}", before, tags_all={"a": "2"}) for n in range(40)]
    both = updated("aws_subnet.more", before, tags_all={"a": "2"}, v=2)
    told = review(*tagged, both)
    assert "### Tags of 40 resources, and nothing else of them\n\n- `tags_all.a`: `1` → `2`\n" in markdown(told)
    assert "aws_subnet.s1" not in markdown(told)
    assert "- `aws_subnet.more`\n  - `tags_all.a`: `1` → `2`\n  - `v`: `1` → `2`\n" in markdown(told)
    words = list(terminal.lines(told))
    assert "Tags of 40 resources, and nothing else of them" in words
    assert sum("aws_subnet" in line for line in words) == 1


def test_few_new_tags_are_told_one_by_one() -> None:
    tagged = [updated(f"aws_subnet.s{n}", {"tags_all": {"a": "1"}}, tags_all={"a": "2"}) for n in range(3)]
    assert markdown(review(*tagged)).count("`aws_subnet.s") == 3


def test_a_policy_is_a_diff_in_its_list_entry() -> None:
    one, other = (json.dumps({"Statement": [{"Action": action}]}) for action in ("s3:Get*", "s3:*"))
    told = markdown(review(updated("aws_iam_policy.p", {"policy": one}, policy=other)))
    assert "    ```diff\n     Statement:\n    -- Action: s3:Get*\n    +- Action: s3:*\n    ```\n" in told


@pytest.mark.parametrize("text", ["a`b", "```", "`", "a``b`", " ", "@octocat <img src=x> [a](b)"])
def test_no_value_breaks_out_of_its_code_span(text: str) -> None:
    span = code(text)
    fence = span[: len(span) - len(span.lstrip("`"))]
    assert span.endswith(fence)
    assert fence not in span[len(fence) : -len(fence)]
    assert text.strip() in span


def test_no_value_breaks_out_of_a_diff() -> None:
    evil = "line\n```\n</details>\n# heading\n" * 2
    told = markdown(review(updated("aws_ssm_parameter.p", {"insecure_value": "a\nb"}, insecure_value=evil)))
    assert "    ````diff\n" in told


def test_control_characters_never_reach_a_terminal() -> None:
    entry = updated("aws_ssm_parameter.p", {"insecure_value": "a"}, insecure_value="\x1b[2Jb\x07")
    assert not any(ord(character) < 32 for line in terminal.lines(review(entry)) for character in line)


def test_a_review_longer_than_a_comment_is_cut_between_entries_and_says_so() -> None:
    many = [resource(f"aws_subnet.a{n}", UPDATE, {"v": "x" * 100}, {"v": "y" * 100}) for n in range(900)]
    long = review(*many, CHANGES[3])
    assert is_cut(long)
    told = markdown(long)
    assert LIMIT - 1_000 < len(told) <= LIMIT
    # The guard comes before what is cut.
    assert "- **not allowed**: `aws_lb_target_group.green`" in told
    assert "**Left out: the rest of this review (" in told
    assert told.count("`") % 2 == 0


def test_a_review_that_fits_is_whole() -> None:
    assert not is_cut(review(*CHANGES))
    assert "Left out" not in markdown(review(*CHANGES))
