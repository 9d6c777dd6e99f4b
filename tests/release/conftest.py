"""Dicts in the shapes that the API returns, and the command as a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from bluegreen.release_target import ReleaseTarget

from . import forked
from .forked import PROJECT

START = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
BEFORE_THE_HOOK = ("BeforeInstall", "Install", "AfterInstall", "AllowTestTraffic", "AfterAllowTestTraffic")
NAMES = (*BEFORE_THE_HOOK, "BeforeAllowTraffic", "AllowTraffic", "AfterAllowTraffic")


LISTENER = "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/sample-cluster-alb/50dc6c495c0c9188"
SAMPLE = ReleaseTarget(
    environment="sample",
    region="us-east-1",
    cluster="sample-cluster",
    service="sample-service",
    application="sample-application",
    deployment_group="sample-group",
    task_definition="arn:aws:ecs:us-east-1:123456789012:task-definition/rust-blue-green:1",
    container_name="rust-api",
    container_port=3000,
    repository="123456789012.dkr.ecr.us-east-1.amazonaws.com/rust-blue-green",
    hook_function="arn:aws:lambda:us-east-1:123456789012:function:CodeDeployHook_sample",
    production_listener=f"{LISTENER}/aaaa",
    test_listener=f"{LISTENER}/bbbb",
    target_groups=("sample-cluster-blue", "sample-cluster-green"),
    log_group="/ecs/sample",
    hook_log_group="/aws/lambda/CodeDeployHook_sample",
    api_url="https://example.execute-api.us-east-1.amazonaws.com",
    subnets=("subnet-1", "subnet-2"),
    security_groups=("sg-1",),
    architecture="ARM64",
)
"""A release target such as the stack of `sample` publishes."""


@pytest.fixture(name="target")
def release_target() -> ReleaseTarget:
    """The release target of `sample`."""
    return SAMPLE


Recorded = Callable[..., Any]


@pytest.fixture
def deployment_info() -> Recorded:
    """Make the `deploymentInfo` of GetDeployment."""

    def make(status: str = "InProgress", **more: Any) -> dict[str, Any]:
        return {
            "deploymentId": "d-1NNWZG91L",
            "status": status,
            "deploymentConfigName": "CodeDeployDefault.ECSAllAtOnce",
            "creator": "user",
            "createTime": START,
            "revision": {"revisionType": "AppSpecContent", "appSpecContent": {"sha256": "ab" * 32}},
            "blueGreenDeploymentConfiguration": {
                "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 5},
                "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT", "waitTimeInMinutes": 0},
            },
            **more,
        }

    return make


@pytest.fixture
def ecs_target() -> Recorded:
    """Make an `ecsTarget` with the statuses given per event; the others are Pending."""

    def make(blue: float = 100.0, **statuses: str) -> dict[str, Any]:
        return {
            "deploymentId": "d-1NNWZG91L",
            "lifecycleEvents": [_lifecycle_event(name, statuses.get(name, "Pending")) for name in NAMES],
            "taskSetsInfo": [_task_set("Blue", "PRIMARY", blue), _task_set("Green", "ACTIVE", 100.0 - blue)],
        }

    return make


def _lifecycle_event(name: str, status: str) -> dict[str, Any]:
    event: dict[str, Any] = {"lifecycleEventName": name, "status": status}
    if status not in ("Pending", "Skipped"):
        event["startTime"] = START
    if status in ("Succeeded", "Failed"):
        event["endTime"] = START + timedelta(seconds=1.5)
    return event


def _task_set(label: str, status: str, weight: float) -> dict[str, Any]:
    return {
        "identifer": f"ecs-svc/{label}",
        "desiredCount": 1,
        "pendingCount": 0,
        "runningCount": 1,
        "status": status,
        "trafficWeight": weight,
        "targetGroup": {"name": f"sample-cluster-{label.lower()}"},
        "taskSetLabel": label,
    }


@pytest.fixture
def verdict_line() -> Recorded:
    """Make the line that the hook logs."""

    def make(verdict: str = "Succeeded", reason: str = "", **route: Any) -> str:
        asked = {"method": "GET", "path": "/one", "passed": verdict == "Succeeded", "expected": "status 200"}
        failure = None if verdict == "Succeeded" else "answer"
        answered = {"got": "status 200", "task_definition": "rust-blue-green:5", "attempts": 1, "milliseconds": 12}
        line = {
            "message": "verdict",
            "verdict": verdict,
            "deployment_id": "d-1NNWZG91L",
            "execution_id": "eyJlbmNyeXB0ZWREYXRhIjoi",
            "milliseconds": 132,
            "identity": {"expected": "rust-blue-green:5", "proof": "required"},
            "reason": reason,
            "routes": [{**asked, **answered, "failure": failure, **route}],
        }
        return json.dumps(line)

    return make


@pytest.fixture(scope="session")
def bluegreen() -> Callable[..., forked.Ended]:
    """Run `bluegreen` as a user does, with only the AWS variables given."""

    def run(*words: str, **environ: str) -> forked.Ended:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "BLUEGREEN_"))}
        alone = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "COLUMNS": "120"}
        return forked.run(words, {**kept, **alone, "AWS_EC2_METADATA_DISABLED": "true", **environ})

    return run


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """The loopback, served by a process of its own."""
    command = [sys.executable, "-m", "bluegreen.loopback", "--json", "--minute", "2s"]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield json.loads(process.stdout.readline())["endpoint"]
        finally:
            process.terminate()


@pytest.fixture
def signed_in(endpoint: str) -> dict[str, str]:
    """The variables that lead to the loopback."""
    return {"AWS_ENDPOINT_URL": endpoint, "AWS_ACCESS_KEY_ID": "loopback", "AWS_SECRET_ACCESS_KEY": "loopback"}


@pytest.fixture
def client(endpoint: str) -> Callable[[str], Any]:
    """Make boto3 clients of the loopback."""

    def make(service: str) -> Any:
        return boto3.client(  # type: ignore[call-overload]
            service,
            region_name="us-east-1",
            endpoint_url=endpoint,
            aws_access_key_id="loopback",
            aws_secret_access_key="loopback",
        )

    return make
