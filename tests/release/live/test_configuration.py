"""A release of configuration alone: same image, the template's new size and variables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from bluegreen.release_target import LATEST, ReleaseTarget, parameter_name
from tests.release import events_schema
from tests.release.live.moment import latest, live

pytestmark = pytest.mark.slow

Run = Callable[..., Any]
NAME = parameter_name("rehearsal")


@pytest.fixture
def template(account: Any) -> Iterator[Callable[..., None]]:
    """Register a template as Terraform would, and publish it; put the old one back at the end."""
    ssm, ecs = account.client("ssm"), account.client("ecs")
    before = ssm.get_parameter(Name=NAME)["Parameter"]["Value"]

    def publish(text: str) -> None:
        ssm.put_parameter(Name=NAME, Type="String", Value=text, Overwrite=True)

    def register(*, kind: str = "", **fields: Any) -> None:
        target = ReleaseTarget.from_json(before)
        found = ecs.describe_task_definition(taskDefinition=target.task_definition)["taskDefinition"]
        (container,) = found["containerDefinitions"]
        kept = {key: found[key] for key in ("family", "networkMode", "requiresCompatibilities", "cpu", "memory")}
        size = {key: fields.pop(key) for key in ("cpu", "memory") if key in fields}
        definition = {**kept, **size, "containerDefinitions": [{**container, **fields}]}
        made = ecs.register_task_definition(**definition)["taskDefinition"]["taskDefinitionArn"]
        publish(replace(target, task_definition=target.task_definition if kind else made, template=kind).to_json())

    yield register
    publish(before)


def variables(account: Any) -> dict[str, str]:
    found = account.client("ecs").describe_task_definition(taskDefinition=live(account))["taskDefinition"]
    return {one["name"]: one["value"] for one in found["containerDefinitions"][0]["environment"]}


def image(account: Any) -> str:
    found = account.client("ecs").describe_task_definition(taskDefinition=live(account))["taskDefinition"]
    return found["containerDefinitions"][0]["image"]


@pytest.fixture
def released(run: Run, account: Any, fresh: str) -> str:
    """Release an image from today's template."""
    assert run("deploy", "--image-tag", fresh).code == 0
    return fresh


def test_the_same_image_is_released_with_the_new_configuration_and_then_nothing_is_new(
    run: Run, account: Any, released: str, template: Callable[..., None]
) -> None:
    before, pinned = live(account), image(account)
    template(cpu="512", memory="1024", environment=[{"name": "LOG_LEVEL", "value": "hunter2"}])
    status = run("status")
    assert (
        "differs from what runs: cpu 256 -> 512, memory 512 -> 1024, environment variable LOG_LEVEL added" in status.out
    )
    ended = run("deploy")
    assert ended.code == 0, ended.out + ended.err
    assert "is newer than what runs:" in ended.out
    assert "cpu 256 -> 512" in ended.out
    assert "hunter2" not in ended.out + status.out
    assert (image(account), variables(account)) == (pinned, {"LOG_LEVEL": "hunter2"})
    assert live(account) != before
    revision = latest(account)
    again = run("deploy")
    assert again.code == 0
    assert "already is what would be released" in again.out
    assert latest(account) == revision
    assert "template" not in run("status").out


def test_an_image_takes_the_new_configuration_along_and_says_so(
    run: Run, account: Any, released: str, template: Callable[..., None]
) -> None:
    template(memory="2048")
    account.push(f"{released}-more", account.service, "More")
    ended = run("deploy", "--image-tag", f"{released}-more", "--dry-run", "--json")
    (event,) = events_schema.check(ended.out)
    assert event["changes"] == [{"what": "memory", "before": "512", "after": "2048"}]
    assert event["image"] != image(account)


def test_the_newest_revision_of_the_family_may_be_the_template(
    run: Run, account: Any, released: str, template: Callable[..., None]
) -> None:
    template(kind=LATEST, environment=[{"name": "FROM", "value": "elsewhere"}])
    ended = run("deploy", "--json")
    assert ended.code == 0, ended.out + ended.err
    started = next(one for one in events_schema.check(ended.out) if one["event"] == "started")
    assert started["changes"][-1]["what"] == "environment variable FROM"
    assert variables(account) == {"FROM": "elsewhere"}
    assert f"{live(account)} is live" in run("status").out
