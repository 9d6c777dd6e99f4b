"""A release that a test lets come to its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.release.live.moment import live
from tests.release.live.told import event

Run = Callable[..., Any]


def released(run: Run, account: Any, tag: str, **environ: str) -> tuple[str, str]:
    """Release an image to the end; return the revision that was live before, and the deployment's id."""
    before = live(account)
    ended = run("deploy", "--image-tag", tag, "--json", **environ)
    assert ended.code == 0, ended.out + ended.err
    return before, event(ended, "started")["deployment_id"]
