"""A listener that somebody moved, what is left of a release: `verify` names it with the remedy, `deploy` heeds it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.release.live import told
from tests.release.live.findings import NAME, Run, error, idle_group, pointed, primary_group, verify, warning
from tests.release.live.moment import latest, until, until_termination_wait

pytestmark = pytest.mark.slow


def test_a_production_listener_moved_by_hand_is_an_error_and_deploy_registers_nothing(
    run: Run, account: Any, fresh: str
) -> None:
    number, live_group = latest(account), primary_group(account)
    with pointed(account, "production", idle_group(account)):
        found = error(run, "production-traffic")
        assert "Primary taskset target group must be behind listener" in found["found"]
        assert f"TargetGroupArn={live_group}" in found["remedy"]
        ended = run("deploy", "--image-tag", fresh)
        assert ended.code == 2
        assert ended.err.startswith(
            "bluegreen: nothing was released, for it would fail (`--skip-verify` tries all the same): the production"
        )
        assert "error    production-traffic " in ended.out
        assert latest(account) == number
        tried = run("deploy", "--image-tag", fresh, "--skip-verify")
        assert tried.code == 1
        assert "Primary taskset target group must be behind listener" in tried.out


def test_a_test_listener_moved_by_hand_to_a_strange_group_is_an_error(run: Run, account: Any) -> None:
    elbv2 = account.client("elbv2")
    (strange,) = elbv2.create_target_group(
        Name="strange", Protocol="HTTP", Port=1, VpcId=account.made["vpc"], TargetType="ip"
    )["TargetGroups"]
    with pointed(account, "test", strange["TargetGroupArn"]):
        found = error(run, "listeners")
        assert found["found"] == "the test listener forwards to strange"
        assert found["remedy"] == f"point it at {NAME}-blue or {NAME}-green"
    elbv2.delete_target_group(TargetGroupArn=strange["TargetGroupArn"])


def test_the_test_listener_at_the_live_version_hinders_no_release(run: Run, account: Any) -> None:
    with pointed(account, "test", primary_group(account)):
        assert verify(run)[0] == 0


def test_a_deployment_at_the_gate_is_an_error_that_offers_to_continue_it(
    run: Run, account: Any, fresh: str, ready_wait: None
) -> None:
    started = run("deploy", "--image-tag", fresh, "--no-wait", "--json", GITHUB_ACTOR="octocat")
    deployment_id = told.started(started)
    until(account, deployment_id, "Ready")
    found = error(run, "deployment")
    assert f"{NAME} already has an active deployment {deployment_id}" in found["found"]
    assert "started by octocat" in found["found"]
    assert f"`bluegreen continue {deployment_id} --environment {NAME}` ends its wait" in found["remedy"]
    assert run("continue", deployment_id).code == 0
    until(account, deployment_id, "Succeeded")


def test_a_full_termination_wait_is_an_error_that_offers_to_end_it(
    run: Run, account: Any, fresh: str, termination_wait: None
) -> None:
    started = run("deploy", "--image-tag", fresh, "--no-wait", "--json")
    deployment_id = told.started(started)
    until_termination_wait(account, deployment_id)
    number = latest(account)
    found = error(run, "deployment")
    assert "termination wait" in found["found"]
    assert f"`bluegreen continue {deployment_id} --environment {NAME}` ends its wait" in found["remedy"]
    refused = run("deploy", "--image-tag", "blue")
    assert (refused.code, latest(account)) == (2, number)
    assert f"`bluegreen continue {deployment_id} " in refused.err
    assert run("continue", deployment_id).code == 0
    until(account, deployment_id, "Succeeded")
    assert verify(run)[1]["deployment"]["level"] == "ok"


def test_a_task_set_that_a_stopped_release_left_is_a_warning(
    run: Run, account: Any, fresh: str, ready_wait: None
) -> None:
    started = run("deploy", "--image-tag", fresh, "--no-wait", "--json")
    deployment_id = told.started(started)
    until(account, deployment_id, "Ready")
    assert run("stop", deployment_id, "--no-rollback", "--yes").code == 0
    found = warning(run, "leftovers")
    assert "task sets are left that no deployment needs: " in found["found"]
    (command,) = [part for part in found["remedy"].split("`") if part.startswith("aws ecs delete-task-set")]
    words = command.split()
    account.client("ecs").delete_task_set(cluster=NAME, service=NAME, taskSet=words[-1], force=True)
    assert verify(run)[1]["leftovers"]["level"] == "ok"
