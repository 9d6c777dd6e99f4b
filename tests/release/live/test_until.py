"""`--wait-until shifted`, and two people who release at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.release import events_schema
from tests.release.live import faulty_proxy
from tests.release.live.faulty_proxy import Answer, Proxy
from tests.release.live.moment import info, live, until, until_termination_wait

pytestmark = pytest.mark.slow

Run = Callable[..., Any]
NONE = Answer(200, json.dumps({"deployments": []}).encode())


@pytest.fixture
def proxy(account: Any) -> Iterator[Proxy]:
    with faulty_proxy.serve(account.endpoint) as proxy:
        yield proxy


def go_on(account: Any, deployment_id: str) -> None:
    codedeploy = account.client("codedeploy")
    codedeploy.continue_deployment(deploymentId=deployment_id, deploymentWaitType="TERMINATION_WAIT")
    until(account, deployment_id, "Succeeded")


def kept(account: Any, deployment_id: str) -> dict[str, Any]:
    """Return the record that was kept of a release."""
    key = f"releases/rehearsal/{deployment_id}.json"
    return json.loads(account.client("s3").get_object(Bucket="rehearsal", Key=key)["Body"].read())


def newest(run: Run) -> dict[str, Any]:
    """Return what `history` says of the last release."""
    return events_schema.check(run("history", "--limit", "1", "--json").out)[0]


def test_it_leaves_with_0_when_only_the_old_tasks_are_left(
    run: Run, account: Any, fresh: str, termination_wait: None
) -> None:
    before = live(account)
    ended = run("deploy", "--image-tag", fresh, "--wait-until", "shifted", "--json")
    assert ended.code == 0, ended.out + ended.err
    events = events_schema.check(ended.out)
    last = events[-1]
    assert (last["event"], last["exit_code"], last["minutes"]) == ("shifted", 0, 30)
    assert (last["from"], last["revision"]) == (before, live(account))
    assert "verdict" in {one["event"] for one in events}
    now = info(account, last["deployment_id"])
    assert (now["status"], "instanceTerminationWaitTimeStarted" in now) == ("InProgress", True)
    watched = run("watch", "--wait-until", "shifted")
    assert watched.code == 0
    assert f"still running: the tasks of {before}, 30 min at most" in watched.out
    assert "`bluegreen rollback --environment rehearsal` goes back at once" in watched.out
    go_on(account, last["deployment_id"])


def test_what_it_knew_is_kept_and_completed_by_a_watch_to_the_end(
    run: Run, account: Any, fresh: str, termination_wait: None, tmp_path: Path
) -> None:
    summary, outputs = tmp_path / "summary.md", tmp_path / "outputs"
    files = {"GITHUB_STEP_SUMMARY": str(summary), "GITHUB_OUTPUT": str(outputs)}
    last = events_schema.check(run("deploy", "--image-tag", fresh, "--wait-until", "shifted", "--json", **files).out)[
        -1
    ]
    deployment_id, revision = last["deployment_id"], last["revision"]
    assert f"### ✅ rehearsal: {revision}: all production traffic has moved" in summary.read_text()
    assert "| BeforeAllowTraffic | Succeeded |" in summary.read_text()
    assert "outcome=shifted" in outputs.read_text().splitlines()
    early = kept(account, deployment_id)
    assert (early["status"], early["verdict"], early["to"], early["completed"]) == (
        "InProgress",
        "Succeeded",
        revision,
        None,
    )
    go_on(account, deployment_id)
    assert kept(account, deployment_id) == early
    assert [newest(run)[name] for name in ("status", "verdict")] == ["Succeeded", "Succeeded"]
    assert newest(run)["seconds"] > 0
    assert run("watch", deployment_id).code == 0
    late = kept(account, deployment_id)
    assert (late["status"], late["seconds"]) == ("Succeeded", newest(run)["seconds"])
    assert run("watch", deployment_id, "--wait-until", "shifted").code == 0
    assert kept(account, deployment_id) == late


def test_a_release_that_fails_is_no_shift(run: Run, account: Any) -> None:
    ended = run("deploy", "--image-tag", "broken", "--wait-until", "shifted", "--json")
    assert ended.code == 1
    assert events_schema.check(ended.out)[-1]["event"] == "outcome"


def test_a_rollback_that_only_waits_for_traffic(run: Run, account: Any, fresh: str, termination_wait: None) -> None:
    before = live(account)
    first = run("deploy", "--image-tag", fresh, "--wait-until", "shifted", "--json")
    go_on(account, events_schema.check(first.out)[-1]["deployment_id"])
    ended = run("rollback", "--yes", "--wait-until", "shifted", "--json")
    assert ended.code == 0, ended.out + ended.err
    last = events_schema.check(ended.out)[-1]
    assert (last["event"], last["revision"], live(account)) == ("shifted", before, before)
    go_on(account, last["deployment_id"])


def test_somebody_who_was_faster_by_a_moment_is_named(
    run: Run, proxy: Proxy, account: Any, fresh: str, termination_wait: None
) -> None:
    first = run("deploy", "--image-tag", fresh, "--wait-until", "shifted", "--json", GITHUB_ACTOR="octocat")
    deployment_id = events_schema.check(first.out)[-1]["deployment_id"]
    until_termination_wait(account, deployment_id)
    # Our own look finds the group free; CreateDeployment finds that it is not.
    proxy.fault = lambda operation: NONE if operation == "ListDeployments" else None
    ended = run("deploy", "--image-tag", "green", "--skip-verify", AWS_ENDPOINT_URL=proxy.endpoint)
    assert "CreateDeployment" in proxy.asked
    assert (ended.code, len(ended.err.splitlines())) == (2, 1)
    assert f"already has an active deployment {deployment_id} of " in ended.err
    assert "started by octocat " in ended.err
    assert "now at termination wait" in ended.err
    assert f"`bluegreen continue {deployment_id} --environment rehearsal` ends its wait" in ended.err
    assert f"`bluegreen stop {deployment_id} --environment rehearsal` takes it back" in ended.err
    go_on(account, deployment_id)
