"""What `verify` finds, asked as a user does, and what the tests of it break for a while."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

NAME = "rehearsal"
Run = Callable[..., Any]


def verify(run: Run, *words: str, **environ: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """Return the exit code and the findings by check."""
    ended = run("verify", "--json", *words, **environ)
    events = [json.loads(line) for line in ended.out.splitlines()]
    assert events[-1]["event"] == "verified", ended.out + ended.err
    assert events[-1]["checks"] == len(events) - 1
    return ended.code, {one["check"]: one for one in events[:-1]}


def error(run: Run, check: str, *words: str) -> dict[str, Any]:
    """Verify, which must find exactly one error, and return it."""
    code, findings = verify(run, *words)
    assert [name for name, one in findings.items() if one["level"] == "error"] == [check], findings
    assert code == 1
    assert findings[check]["remedy"]
    return findings[check]


def warning(run: Run, check: str, *words: str, **environ: str) -> dict[str, Any]:
    """Verify, which must find a warning and no error, and return it."""
    code, findings = verify(run, *words, **environ)
    assert code == 0, findings
    assert findings[check]["level"] == "warning", findings[check]
    assert findings[check]["remedy"]
    return findings[check]


def group_of(account: Any) -> Any:
    """Return a way to change the deployment group."""

    def change(**more: Any) -> None:
        account.client("codedeploy").update_deployment_group(
            applicationName=NAME, currentDeploymentGroupName=NAME, **more
        )

    return change


@contextmanager
def pointed(account: Any, listener: str, group: str) -> Iterator[None]:
    """Point a listener at a target group for a while."""
    elbv2, arn = account.client("elbv2"), account.made[listener]
    (before,) = elbv2.describe_listeners(ListenerArns=[arn])["Listeners"]
    elbv2.modify_listener(ListenerArn=arn, DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])
    try:
        yield
    finally:
        kept = [
            {"Type": "forward", "ForwardConfig": {"TargetGroups": one["ForwardConfig"]["TargetGroups"]}}
            for one in before["DefaultActions"]
        ]
        elbv2.modify_listener(ListenerArn=arn, DefaultActions=kept)


def primary_group(account: Any) -> str:
    (service,) = account.client("ecs").describe_services(cluster=NAME, services=[NAME])["services"]
    (primary,) = [one for one in service["taskSets"] if one["status"] == "PRIMARY"]
    return primary["loadBalancers"][0]["targetGroupArn"]


def idle_group(account: Any) -> str:
    groups = {account.made["blue"], account.made["green"]}
    (idle,) = groups - {primary_group(account)}
    return idle
