"""Who stopped a release, as others who watch it are told."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.release.live import faulty_proxy, told
from tests.release.live.moment import until

pytestmark = pytest.mark.slow

Run = Callable[..., Any]
PATIENCE = 4
"""Seconds that STS may keep a stop from being watched: twice as long as one call may take, and the pause between."""


@dataclass
class Silence:
    """An address where somebody takes the call and says nothing; what `look` saw at each call, and how long it took."""

    url: str = ""
    look: Callable[[], Any] = list
    seen: list[Any] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    def serve(self, listener: socket.socket) -> None:
        while True:
            try:
                call, _ = listener.accept()
            except OSError:
                return
            with call:
                began = time.monotonic()
                self.seen.append(self.look())
                while call.recv(4096):
                    pass
                self.seconds.append(time.monotonic() - began)


@pytest.fixture
def silent_sts() -> Iterator[Silence]:
    listener = socket.create_server(("127.0.0.1", 0))
    silence = Silence(f"http://127.0.0.1:{listener.getsockname()[1]}")
    thread = threading.Thread(target=silence.serve, args=(listener,))
    thread.start()
    yield silence
    listener.shutdown(socket.SHUT_RDWR)
    thread.join()
    listener.close()


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


def test_a_stop_neither_waits_for_who_it_is_nor_fails_without(
    run: Run, account: Any, fresh: str, ready_wait: None, silent_sts: Silence
) -> None:
    deployment_id = told.started(run("deploy", "--image-tag", fresh, "--no-wait", "--json"))
    until(account, deployment_id, "Ready")
    with faulty_proxy.serve(account.endpoint) as proxy:
        silent_sts.look = lambda: "StopDeployment" in proxy.asked
        at = {"AWS_ENDPOINT_URL": proxy.endpoint, "AWS_ENDPOINT_URL_STS": silent_sts.url, "GITHUB_ACTOR": ""}
        ended = run("stop", "--yes", "--json", **at)
    assert ended.code == 0, ended.out + ended.err
    assert told.event(ended, "outcome")["rollback_status"] == "Succeeded"
    assert set(silent_sts.seen) == {True}, "who it is was asked before the stop"
    assert sum(silent_sts.seconds) < PATIENCE + 1
