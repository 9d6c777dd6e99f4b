"""What the account says at this moment, asked past the command under test."""

from __future__ import annotations

import time
from typing import Any

LIMIT = 40
NAME = "rehearsal"


def live(account: Any) -> str:
    """Return `family:revision` of the primary task set."""
    (service,) = account.client("ecs").describe_services(cluster=NAME, services=[NAME])["services"]
    (primary,) = [one["taskDefinition"] for one in service["taskSets"] if one["status"] == "PRIMARY"]
    return primary.rpartition("/")[2]


def latest(account: Any) -> int:
    """Return the number of the family's latest revision."""
    return account.client("ecs").describe_task_definition(taskDefinition=NAME)["taskDefinition"]["revision"]


def info(account: Any, deployment_id: str) -> dict[str, Any]:
    """Return a deployment's `deploymentInfo`."""
    return account.client("codedeploy").get_deployment(deploymentId=deployment_id)["deploymentInfo"]


def status(account: Any, deployment_id: str) -> str:
    """Return a deployment's status."""
    return info(account, deployment_id)["status"]


def until(account: Any, deployment_id: str, wanted: str) -> None:
    """Wait for a status."""
    deadline = time.monotonic() + LIMIT
    while (found := status(account, deployment_id)) != wanted:
        assert time.monotonic() < deadline, f"{deployment_id} is {found}, not {wanted}"
        time.sleep(0.05)


def until_termination_wait(account: Any, deployment_id: str) -> None:
    """Wait until all traffic has moved and the old tasks are still there."""
    deadline = time.monotonic() + LIMIT
    while not info(account, deployment_id).get("instanceTerminationWaitTimeStarted"):
        assert time.monotonic() < deadline, info(account, deployment_id)
        time.sleep(0.05)
