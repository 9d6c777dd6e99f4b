"""Who stopped a release, as others who watch it are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.release.live import told
from tests.release.live.moment import until

Run = Callable[..., Any]


def test_a_stop_is_told_by_name_to_whoever_else_watches(run: Run, account: Any, fresh: str, ready_wait: None) -> None:
    deployment_id = told.started(run("deploy", "--image-tag", fresh, "--no-wait", "--json"))
    until(account, deployment_id, "Ready")
    assert run("stop", "--yes", GITHUB_ACTOR="octocat").code == 0
    watched = run("watch", deployment_id, "--json")
    assert watched.code == 1
    outcome = told.event(watched, "outcome")
    assert outcome["reason"] == "octocat stopped the deployment with `bluegreen`"
    assert outcome["next_step"] == "ask octocat why, then release again"
    (release,) = told.events(run("history", "--limit", "1", "--json"))
    assert (release["status"], release["stopped_by"]) == ("Stopped", "octocat")
    assert "Stopped by octocat (MANUAL_STOP)" in run("history", "--limit", "1").out
