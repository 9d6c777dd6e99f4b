"""A real release on a real terminal."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

import pytest

from tests.release.live import faulty_proxy
from tests.release.live.moment import live, status, until
from tests.release.terminal import Terminal

DEPLOY = [sys.executable, "-m", "bluegreen", "deploy", "--environment", "rehearsal", "--image-tag"]
WATCH = [sys.executable, "-m", "bluegreen", "watch", "--environment", "rehearsal"]


@pytest.fixture
def environ(at: dict[str, str]) -> dict[str, str]:
    """A person's variables."""
    return {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "en_US.UTF-8", **at}


def test_the_last_picture_of_a_release_stays_with_its_outcome_below(
    account: Any, environ: dict[str, str], fresh: str
) -> None:
    with Terminal([*DEPLOY, fresh], environ) as terminal:
        assert terminal.ended() == 0
    after = live(account)
    left = [line for line in terminal.everything if line]
    assert sum("hook verdict" in line for line in left) == 1
    assert any(line.startswith("✔ AllowTraffic") for line in left)
    assert any("100 %" in line and after in line for line in left)
    assert f"{after}: Succeeded after" in left[-2]
    assert f"traffic now: 100 % to {after}" in left[-1]


@pytest.fixture
def waiting(run: Any, account: Any, fresh: str, ready_wait: None) -> Any:
    """Start a deployment that waits at the gate; let it through at the end."""
    assert run("deploy", "--image-tag", fresh, "--no-wait").code == 0
    codedeploy = account.client("codedeploy")
    (deployment_id, *_) = codedeploy.list_deployments(applicationName="rehearsal", deploymentGroupName="rehearsal")[
        "deployments"
    ]
    until(account, deployment_id, "Ready")
    yield deployment_id
    codedeploy.continue_deployment(deploymentId=deployment_id, deploymentWaitType="READY_WAIT")
    until(account, deployment_id, "Succeeded")


def test_a_wait_is_shown_and_ctrl_c_leaves_the_deployment_the_picture_and_the_cursor(
    account: Any, environ: dict[str, str], waiting: str
) -> None:
    with Terminal(WATCH, environ) as terminal:
        terminal.until(lambda now: any("`bluegreen continue" in line for line in now.lines))
        picture = terminal.lines
        terminal.process.send_signal(signal.SIGINT)
        assert terminal.ended() == 130
    assert any(line.startswith("traffic  █") and f"100 % {live(account)} rehearsal-" in line for line in picture)
    assert any(f"1 of 1 running {live(account)}" in line for line in picture)
    assert any(line.startswith("· AllowTraffic") for line in picture)
    left = [line for line in terminal.everything if line]
    assert any(line.startswith(f"{waiting}  Ready") for line in left)
    assert f"to go on watching: `bluegreen watch {waiting} --environment rehearsal`" in left[-1]
    assert terminal.raw.rindex(b"\x1b[?25h") > terminal.raw.rindex(b"\x1b[?25l")
    assert status(account, waiting) == "Ready"


def test_a_refusal_in_the_midst_of_a_watch_gives_the_terminal_back(
    account: Any, environ: dict[str, str], waiting: str
) -> None:
    gone = faulty_proxy.refusal(400, "DeploymentDoesNotExistException")
    with (
        faulty_proxy.serve(account.endpoint) as proxy,
        Terminal(WATCH, {**environ, "AWS_ENDPOINT_URL": proxy.endpoint}) as terminal,
    ):
        terminal.until(lambda now: any("`bluegreen continue" in line for line in now.lines))
        proxy.fault = lambda _: gone
        assert terminal.ended() == 2
    left = [line for line in terminal.everything if line]
    assert left[-1] == f"bluegreen: there is no deployment {waiting} in this account in us-east-1"
    assert any(line.startswith(f"{waiting}  Ready") for line in left)
    assert terminal.raw.rindex(b"\x1b[?25h") > terminal.raw.rindex(b"\x1b[?25l")
