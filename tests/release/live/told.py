"""What a command told as JSON, by the kind of event: what a check finds comes before anything is started."""

from __future__ import annotations

import json
from typing import Any


def events(ended: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.out.splitlines()]


def event(ended: Any, kind: str) -> dict[str, Any]:
    """Return the first event of a kind."""
    return next(one for one in events(ended) if one["event"] == kind)


def started(ended: Any) -> str:
    """Return the id of the deployment that was started."""
    assert ended.code == 0, ended.out + ended.err
    return event(ended, "started")["deployment_id"]
