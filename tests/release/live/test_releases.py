"""The release verbs on real parts: deployments that go well, that are turned down, that wait."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.release.live import told
from tests.release.live.moment import LIMIT, latest, live, status, until

PROJECT = Path(__file__).parents[3]
SERVICE = PROJECT / "target" / "service" / "rust-api"
EVENTS = (
    *("BeforeInstall", "Install", "AfterInstall", "AllowTestTraffic", "AfterAllowTestTraffic"),
    *("BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic"),
)

Run = Callable[..., Any]


@dataclass(frozen=True)
class Released:
    """One release as its user saw it, and which revision was live before and after it."""

    tag: str
    before: str
    after: str
    ended: Any


def release(run: Run, account: Any, tag: str, *words: str, **environ: str) -> Released:
    before = live(account)
    ended = run("deploy", "--image-tag", tag, *words, **environ)
    return Released(tag, before, live(account), ended)


@pytest.fixture(scope="module")
def released(run: Run, account: Any, summary: Path) -> Released:
    """Release an image that passes."""
    account.push("passes", SERVICE, "Passes")
    return release(run, account, "passes", GITHUB_STEP_SUMMARY=str(summary))


@pytest.fixture(scope="module")
def rejected(run: Run, account: Any, released: Released) -> Released:
    """Release an image whose /one answers 500, after one that passed."""
    return release(run, account, "broken", "--json")


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ci") / "summary.md"


def test_a_release_tells_every_event_the_verdict_and_where_traffic_went(released: Released, summary: Path) -> None:
    ended, after = released.ended, released.after
    assert ended.code == 0, ended.out + ended.err
    assert f"{released.before} -> {after}" in ended.out
    lines = [" ".join(line.split()[1:3]) for line in ended.out.splitlines()]
    assert [line for line in lines if line.endswith("Succeeded") and line.split()[0] in EVENTS] == [
        f"{name} Succeeded" for name in EVENTS
    ]
    assert f"proved: every answer came from {after}" in ended.out
    assert f"GET /one: status 200 from {after}, " in ended.out
    assert f"traffic now: 100 % to {after}" in ended.out
    assert f"### ✅ rehearsal: {after} Succeeded" in summary.read_text()


def test_the_released_revision_pins_the_image_by_digest_and_is_tagged(account: Any, released: Released) -> None:
    found = account.client("ecs").describe_task_definition(taskDefinition=released.after, include=["TAGS"])
    (container,) = found["taskDefinition"]["containerDefinitions"]
    assert container["image"].startswith(f"{account.made['repository']}@sha256:")
    assert {"key": "image-tag", "value": released.tag} in found["tags"]


def test_what_is_live_already_is_told_and_not_deployed(run: Run, account: Any, released: Released) -> None:
    revision = latest(account)
    ended = run("deploy", "--image-tag", released.tag)
    assert ended.code == 0
    assert f"{released.after} is live and already is what would be released" in ended.out
    assert latest(account) == revision


def test_a_dry_run_shows_the_appspec_and_registers_nothing(run: Run, account: Any, fresh: str) -> None:
    revision = latest(account)
    ended = run("deploy", "--image-tag", fresh, "--dry-run")
    assert ended.code == 0
    assert "ContainerPort: 3000" in ended.out
    assert latest(account) == revision


def test_a_release_whose_route_fails_is_rolled_back_with_the_hooks_reason(rejected: Released) -> None:
    events = [json.loads(line) for line in rejected.ended.out.splitlines()]
    outcome = events[-1]
    assert (rejected.ended.code, outcome["event"], outcome["exit_code"]) == (1, "outcome", 1)
    assert "/one: expected status 200, got status 500" in outcome["reason"]
    assert outcome["rollback_status"] == "Succeeded"
    assert [share["revision"] for share in outcome["traffic"]] == [rejected.before]
    assert rejected.after == rejected.before
    assert {"started", "status", "lifecycle", "traffic", "verdict"} <= {event["event"] for event in events}


def test_a_watch_without_an_id_reads_how_the_newest_went(run: Run, rejected: Released) -> None:
    ended = run("watch")
    assert ended.code == 0
    assert "rollback of d-" in ended.out
    assert f"traffic now: 100 % to {rejected.after}" in ended.out


def test_an_unknown_configuration_names_those_that_exist(run: Run, account: Any, fresh: str) -> None:
    revision = latest(account)
    ended = run("deploy", "--image-tag", fresh, "--config", "Nonsense")
    assert ended.code == 2
    assert ended.err.startswith("bluegreen: there is no deployment configuration Nonsense; for ECS there are: ")
    assert "CodeDeployDefault.ECSAllAtOnce" in ended.err
    assert latest(account) == revision


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_the_appspec_names_the_latest_revision(run: Run, account: Any, form: str) -> None:
    ended = run("appspec", "--format", form)
    assert ended.code == 0
    assert f"task-definition/rehearsal:{latest(account)}" in ended.out


def test_the_appspec_of_a_revision_that_is_not_there_is_one_line(run: Run) -> None:
    ended = run("appspec", "--revision", "999")
    assert ended.code == 2
    assert ended.err.startswith("bluegreen: there is no task definition rehearsal:999")


@pytest.fixture
def waiting(run: Run, account: Any, fresh: str, ready_wait: None) -> Iterator[str]:
    """Start a deployment that waits at the gate; let it through at the end."""
    ended = run("deploy", "--image-tag", fresh, "--no-wait", "--json")
    assert ended.code == 0, ended.err
    deployment_id = told.started(ended)
    until(account, deployment_id, "Ready")
    yield deployment_id
    if status(account, deployment_id) == "Ready":
        account.client("codedeploy").continue_deployment(deploymentId=deployment_id, deploymentWaitType="READY_WAIT")
    until(account, deployment_id, "Succeeded")


def test_a_watch_says_that_a_ready_deployment_waits_and_leaves_it_at_the_time_limit(
    run: Run, account: Any, waiting: str
) -> None:
    ended = run("watch", "--time-limit", "1s")
    assert ended.code == 3
    assert f"`bluegreen continue {waiting} --environment rehearsal` goes on at once" in ended.out
    assert f"to go on watching: `bluegreen watch {waiting} --environment rehearsal`" in ended.out
    assert status(account, waiting) == "Ready"


def test_ctrl_c_leaves_the_deployment_running(account: Any, at: dict[str, str], waiting: str) -> None:
    command = [sys.executable, "-u", "-m", "bluegreen", "watch", waiting, "-e", "rehearsal"]
    with subprocess.Popen(
        command, cwd=PROJECT, env={**os.environ, **at}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=LIMIT)
    assert process.returncode == 130, first + out + err
    assert "not watched any more; it goes on" in out
    assert err == ""
    assert status(account, waiting) == "Ready"


def test_a_second_release_is_refused_with_the_first_ones_id(run: Run, account: Any, waiting: str) -> None:
    revision = latest(account)
    ended = run("deploy", "--image-tag", "blue")
    assert ended.code == 2
    assert f"already has an active deployment {waiting} of " in ended.err
    assert "started by " in ended.err
    assert "now at ready wait" in ended.err
    for verb in ("watch", "continue", "stop"):
        assert f"`bluegreen {verb} {waiting} --environment rehearsal`" in ended.err
    assert latest(account) == revision


def test_continue_lets_it_through_and_then_there_is_nothing_to_continue(run: Run, account: Any, waiting: str) -> None:
    assert run("continue", waiting).code == 0
    assert run("watch", waiting).code == 0
    ended = run("continue", waiting)
    assert ended.code == 2
    assert ended.err == f"bluegreen: {waiting} waits for nobody: it is Succeeded\n"


def test_a_deployment_that_is_not_there_is_one_line(run: Run) -> None:
    ended = run("watch", "d-000000000")
    assert ended.code == 2
    assert ended.err == "bluegreen: there is no deployment d-000000000 in this account in us-east-1\n"


@pytest.fixture
def elsewhere(account: Any) -> Iterator[None]:
    """Let the environment release another group than the one whose deployments there are."""
    account.publish(application="elsewhere", deployment_group="group")
    yield
    account.publish()


@pytest.mark.parametrize(
    "words",
    [
        ["stop", "--yes"],
        pytest.param(["watch"], marks=pytest.mark.slow),
        pytest.param(["continue"], marks=pytest.mark.slow),
    ],
    ids=" ".join,
)
def test_a_deployment_of_another_group_is_refused_and_left_alone(
    run: Run, account: Any, waiting: str, elsewhere: None, words: list[str]
) -> None:
    ended = run(*words, waiting)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        f"bluegreen: {waiting} is a deployment of rehearsal/rehearsal, and --environment rehearsal releases "
        "elsewhere/group: name its own environment, or a deployment that "
        "`bluegreen history --environment rehearsal` lists\n"
    )
    assert status(account, waiting) == "Ready"
