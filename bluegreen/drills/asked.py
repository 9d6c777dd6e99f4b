"""Which revision the hook asked: what its verdict is about. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

VERDICT = "verdict"


def asked(lines: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return by deployment which revisions answered the hook, from the verdicts in its log.

    An empty name stands for an answer that did not tell its revision.
    """
    found: dict[str, frozenset[str]] = {}
    for line in lines:
        try:
            said = json.loads(line)
        except ValueError:
            continue
        if isinstance(said, dict) and said.get("message") == VERDICT:
            answered = frozenset(str(route.get("task_definition") or "") for route in said.get("routes") or [])
            deployment_id = str(said.get("deployment_id"))
            found[deployment_id] = found.get(deployment_id, frozenset()) | answered
    return found
