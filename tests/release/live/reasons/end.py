"""How an unhappy end is told: what `watch` says of a deployment that fails."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.release.live.moment import live

NAME = "rehearsal"
Run = Callable[..., Any]


def events(ended: Any) -> list[dict[str, Any]]:
    assert ended.err == ""
    return [json.loads(line) for line in ended.out.splitlines()]


def outcome(run: Run, account: Any, deployment_id: str, before: str) -> dict[str, Any]:
    """Watch to the end and return the outcome, which says where traffic is: where it was."""
    ended = run("watch", deployment_id, "--json")
    assert ended.code == 1, ended.out
    found = events(ended)[-1]
    assert found["event"] == "outcome"
    assert found["notes"] == []
    assert [share["revision"] for share in found["traffic"]] == [before] == [live(account)]
    assert found["next_step"]
    return found
