"""A watch while the network is lost, AWS throttles or fails, credentials expire, or AWS says something new."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.release import events_schema
from tests.release.live import faulty_proxy, told
from tests.release.live.faulty_proxy import (
    CLOCK_OFF,
    DROPPED,
    EXPIRED,
    LOG_IN_PAGE,
    THROTTLED,
    UNAVAILABLE,
    Answer,
    Proxy,
)
from tests.release.live.moment import LIMIT, status, until

pytestmark = pytest.mark.slow

PROJECT = Path(__file__).parents[3]
Run = Callable[..., Any]


@pytest.fixture
def proxy(account: Any) -> Iterator[Proxy]:
    """Stand between the command and AWS."""
    with faulty_proxy.serve(account.endpoint) as proxy:
        yield proxy


@pytest.fixture
def waiting(run: Run, account: Any, fresh: str, ready_wait: None) -> Iterator[str]:
    """Start a deployment that waits at the gate; let it through at the end."""
    ended = run("deploy", "--image-tag", fresh, "--no-wait", "--json")
    deployment_id = told.started(ended)
    until(account, deployment_id, "Ready")
    yield deployment_id
    if status(account, deployment_id) == "Ready":
        go_on(account, deployment_id)
    until(account, deployment_id, "Succeeded")


def go_on(account: Any, deployment_id: str) -> None:
    account.client("codedeploy").continue_deployment(deploymentId=deployment_id, deploymentWaitType="READY_WAIT")


class Watching:
    """A `bluegreen watch --json` that runs, read line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.events: list[dict[str, Any]] = []

    def until(self, kind: str, **fields: Any) -> dict[str, Any]:
        """Read on to an event with these fields."""
        assert self.process.stdout
        for line in self.process.stdout:
            (event,) = events_schema.check(line)
            self.events.append(event)
            if event["event"] == kind and fields.items() <= event.items():
                return event
        raise AssertionError(f"it ended without {kind} {fields}: {self.events} {self._err()}")

    def ended(self) -> int:
        """Return the exit code; nothing may have been said on standard error."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.events += events_schema.check(line)
        code = self.process.wait(LIMIT)
        assert self._err() == ""
        return code

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [one for one in self.events if one["event"] == kind]

    def _err(self) -> str:
        assert self.process.stderr
        return self.process.stderr.read()


@contextmanager
def watch(proxy: Proxy, at: dict[str, str], deployment_id: str, *words: str) -> Iterator[Watching]:
    command = [sys.executable, "-m", "bluegreen", "watch", deployment_id, "-e", "rehearsal", "--json", *words]
    environ = {**os.environ, **at, "AWS_ENDPOINT_URL": proxy.endpoint}
    with subprocess.Popen(
        command, cwd=PROJECT, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Watching(process)
        finally:
            process.kill()


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (DROPPED, "AWS cannot be reached: "),
        (UNAVAILABLE, "AWS refused GetDeployment: "),
        (THROTTLED, "AWS throttles GetDeployment "),
        (LOG_IN_PAGE, "is there a proxy or a log-in page on the way?"),
    ],
    ids=["dropped", "unavailable", "throttled", "log-in page"],
)
def test_a_watch_goes_on_by_itself_and_says_so_once(
    proxy: Proxy, account: Any, at: dict[str, str], waiting: str, answer: Answer, reason: str
) -> None:
    with watch(proxy, at, waiting) as watching:
        watching.until("wait", wait="ready")
        proxy.fault = lambda _: answer
        lost = watching.until("connection", state="lost")
        asked = len(proxy.asked)
        while len(proxy.asked) < asked + 3:
            time.sleep(0.05)
        proxy.fault = lambda _: None
        watching.until("connection", state="back")
        go_on(account, waiting)
        assert watching.ended() == 0
        assert reason in lost["reason"]
        assert [one["state"] for one in watching.of("connection")] == ["lost", "back"]
        assert watching.of("outcome")[0]["notes"] == []


def test_an_outage_ends_at_the_time_limit_and_the_deployment_goes_on(
    proxy: Proxy, account: Any, at: dict[str, str], waiting: str
) -> None:
    with watch(proxy, at, waiting, "--time-limit", "8s") as watching:
        watching.until("wait", wait="ready")
        proxy.fault = lambda _: DROPPED
        assert watching.ended() == 3
        assert [one["state"] for one in watching.of("connection")] == ["lost"]
        assert watching.events[-1]["event"] == "left"
        assert status(account, waiting) == "Ready"


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (EXPIRED, "the AWS credentials have expired (ExpiredTokenException): sign in again"),
        (CLOCK_OFF, "the clock of this machine is 10 min behind AWS's, 5 min are allowed (InvalidSignatureException)"),
    ],
    ids=["credentials", "clock"],
)
def test_what_only_the_user_can_mend_ends_the_watch_and_says_how_to_go_on(
    proxy: Proxy, run: Run, account: Any, waiting: str, answer: Answer, reason: str
) -> None:
    proxy.fault = lambda _: answer if proxy.asked.count("GetDeployment") > 4 else None
    ended = run("watch", waiting, AWS_ENDPOINT_URL=proxy.endpoint)
    assert (ended.code, ended.err) == (3, "")
    assert f"goes on without a watch: {reason}" in ended.out
    assert ended.out.endswith(f"to go on watching: `bluegreen watch {waiting} --environment rehearsal`\n")
    assert status(account, waiting) == "Ready"


def test_a_release_gets_through_a_service_that_fails_every_other_time(proxy: Proxy, run: Run, fresh: str) -> None:
    faults = [UNAVAILABLE, DROPPED]

    def fail(operation: str) -> Answer | None:
        count = proxy.asked.count(operation)
        reads = operation.startswith(("Get", "List", "BatchGet", "Describe"))
        return faults[count % 4 // 2] if reads and count % 2 else None

    proxy.fault = fail
    ended = run("deploy", "--image-tag", fresh, "--json", AWS_ENDPOINT_URL=proxy.endpoint)
    assert ended.code == 0, ended.out + ended.err
    assert events_schema.check(ended.out)[-1]["status"] == "Succeeded"


def test_words_that_are_new_are_shown_as_they_are(proxy: Proxy, run: Run, fresh: str) -> None:
    def rename(body: bytes) -> bytes:
        body = body.replace(b'"AllowTestTraffic"', b'"WarmTestTraffic"').replace(b'"Green"', b'"Teal"')
        return body.replace(b'"Created"', b'"Simmering"').replace(b'"PRIMARY"', b'"FOREMOST"')

    proxy.rewrite = rename
    ended = run("deploy", "--image-tag", fresh, AWS_ENDPOINT_URL=proxy.endpoint)
    assert (ended.code, ended.err) == (0, "")
    assert "WarmTestTraffic" in ended.out
    assert "Teal" in ended.out


def test_a_verb_without_its_extras_says_so_once_and_goes_on(proxy: Proxy, run: Run, fresh: str) -> None:
    denied = faulty_proxy.refusal(400, "AccessDeniedException")
    proxy.fault = lambda operation: denied if operation in ("GetDeploymentGroup", "BatchGetDeployments") else None
    ended = run("deploy", "--image-tag", fresh, AWS_ENDPOINT_URL=proxy.endpoint)
    assert ended.code == 0, ended.out + ended.err
    assert ended.out.count("note: the alarms cannot be shown: the credentials may not call GetDeploymentGroup") == 1
    assert ended.out.count("note: the expected time cannot be shown") == 1


def test_a_second_release_knows_how_long_it_will_take(run: Run, account: Any, fresh: str) -> None:
    assert run("deploy", "--image-tag", fresh).code == 0
    account.push(f"{fresh}-again", PROJECT / "target" / "service" / "rust-api", "Again")
    ended = run("deploy", "--image-tag", f"{fresh}-again", "--json")
    (watching,) = [one for one in events_schema.check(ended.out) if one["event"] == "watching"]
    assert watching["expected_from"] >= 1
    assert 0 < watching["expected_seconds"] < LIMIT
    assert watching["configuration"] == "CodeDeployDefault.ECSAllAtOnce"


def test_a_fault_of_our_own_leaves_the_deployment_and_no_traceback(proxy: Proxy, run: Run, waiting: str) -> None:
    def spoil(body: bytes) -> bytes:
        looks = proxy.asked.count("BatchGetDeploymentTargets")
        return re.sub(rb'"lifecycleEvents":\s*\[', b'"lifecycleEvents": ["odd", ', body) if looks % 4 == 3 else body

    proxy.rewrite = spoil
    ended = run("watch", waiting, AWS_ENDPOINT_URL=proxy.endpoint)
    assert (ended.code, ended.err) == (3, "")
    assert "goes on without a watch: " in ended.out
    shown = run("watch", waiting, AWS_ENDPOINT_URL=proxy.endpoint, BLUEGREEN_DEBUG="1")
    assert (shown.code, "Traceback (most recent call last)" in shown.err) == (3, True)


@pytest.fixture
def alarm(account: Any) -> Iterator[str]:
    """Give the group an alarm that is quiet."""
    cloudwatch, codedeploy = account.client("cloudwatch"), account.client("codedeploy")
    cloudwatch.put_metric_alarm(
        AlarmName="rehearsal-errors",
        Namespace="AWS/ApplicationELB",
        MetricName="HTTPCode_Target_5XX_Count",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="notBreaching",
    )
    cloudwatch.set_alarm_state(AlarmName="rehearsal-errors", StateValue="OK", StateReason="quiet")
    group = {"applicationName": "rehearsal", "currentDeploymentGroupName": "rehearsal"}
    watched = {"enabled": True, "alarms": [{"name": "rehearsal-errors"}]}
    codedeploy.update_deployment_group(**group, alarmConfiguration=watched)
    yield "rehearsal-errors"
    codedeploy.update_deployment_group(**group, alarmConfiguration={"enabled": False, "alarms": []})
    cloudwatch.delete_alarms(AlarmNames=["rehearsal-errors"])


def test_the_alarms_that_would_stop_it_are_told_with_their_states(
    proxy: Proxy, account: Any, at: dict[str, str], alarm: str, waiting: str
) -> None:
    with watch(proxy, at, waiting) as watching:
        first = watching.until("alarms")
        assert (first["states"], first["changed"]) == ({alarm: "OK"}, [alarm])
        go_on(account, waiting)
        assert watching.ended() == 0
