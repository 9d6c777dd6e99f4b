"""Where a container of a task logs to, and what is shown of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.release import task_log
from bluegreen.release.clients import Clients
from bluegreen.release.task_log import LONGEST, SHOWN, Stream, Tail

GROUP = "/ecs/tails"


def definition(driver: str = "awslogs", **options: str) -> dict[str, Any]:
    found = {"awslogs-group": GROUP, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "api", **options}
    logging = {"logDriver": driver, "options": {name: value for name, value in found.items() if value}}
    return {"containerDefinitions": [{"name": "rust-api", "logConfiguration": logging}]}


@pytest.fixture
def clients(signed_in: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Clients:
    for name, value in signed_in.items():
        monkeypatch.setenv(name, value)
    return Clients("us-east-1")


def test_the_stream_is_prefix_container_and_task() -> None:
    assert task_log.stream_of(definition(), "rust-api", "0123") == Stream(
        group=GROUP, name="api/rust-api/0123", region="us-east-1"
    )


def test_other_drivers_and_containers_have_none() -> None:
    assert task_log.stream_of(definition("awsfirelens"), "rust-api", "0123") is None
    assert task_log.stream_of(definition(**{"awslogs-stream-prefix": ""}), "rust-api", "0123") is None
    assert task_log.stream_of(definition(), "proxy", "0123") is None


def test_the_last_lines_are_read_and_long_ones_cut(clients: Clients, client: Callable[[str], Any]) -> None:
    logs = client("logs")
    logs.create_log_group(logGroupName=GROUP)
    logs.create_log_stream(logGroupName=GROUP, logStreamName="api/rust-api/0123")
    lines = [f"line {number}" for number in range(30)] + ["x" * 1000, "  "]
    now = int(time.time() * 1000)
    events = [{"timestamp": now + number, "message": line} for number, line in enumerate(lines)]
    logs.put_log_events(logGroupName=GROUP, logStreamName="api/rust-api/0123", logEvents=events)
    found = task_log.read(clients, definition(), "rust-api", "0123")
    assert len(found.lines) <= SHOWN
    assert found.lines[-2:] == ("line 29", "x" * LONGEST + "…")
    assert found.words[0] == f"last lines of {GROUP} api/rust-api/0123:"
    assert found.words[-2] == "  line 29"


def test_a_stream_that_is_not_there_wrote_nothing(clients: Clients) -> None:
    found = task_log.read(clients, definition(**{"awslogs-group": "/ecs/nowhere"}), "rust-api", "0123")
    assert found.words == ("log of rust-api: it wrote nothing",)


def test_what_cannot_be_read_here_says_where_it_is(clients: Clients) -> None:
    abroad = task_log.read(clients, definition(**{"awslogs-region": "eu-west-1"}), "rust-api", "0123")
    assert abroad.words == (f"log of rust-api: {GROUP} api/rust-api/0123 in eu-west-1",)
    other = task_log.read(clients, definition("splunk"), "rust-api", "0123")
    assert other.words == ("log of rust-api: it does not go to CloudWatch Logs by awslogs",)
    assert Tail(container="a").words == ("log of a: it wrote nothing",)
