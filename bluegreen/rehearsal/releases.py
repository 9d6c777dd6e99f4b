"""The deployments of the rehearsed group, as CodeDeploy tells them."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import yaml

from bluegreen.release_target import ReleaseTarget

from .stage import StageError

POLL = 0.05
ENDED = ("Succeeded", "Failed", "Stopped")
HOOK_EVENT = "BeforeAllowTraffic"
Client = Callable[[str], Any]


@dataclass(frozen=True)
class Release:
    """One deployment: its revision (family:revision), outcome, and epoch seconds of its turning points."""

    deployment_id: str
    task_definition: str
    status: str
    created: float
    verified: float | None
    rejected: float | None
    shifted: float | None


def ids(client: Client, target: ReleaseTarget) -> list[str]:
    """Return the ids of all deployments of the group, newest first."""
    return client("codedeploy").list_deployments(
        applicationName=target.application, deploymentGroupName=target.deployment_group
    )["deployments"]


def wait_for_new(client: Client, target: ReleaseTarget, known: Collection[str], seconds: float) -> str:
    """Wait for a deployment that is not among the known ones and return its id.

    Raises:
        StageError: there is none after `seconds`.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if new := [one for one in ids(client, target) if one not in known]:
            return new[0]
        time.sleep(POLL)
    raise StageError("no deployment was started")


def read(client: Client, target: ReleaseTarget) -> tuple[Release, ...]:
    """Return the deployments that people started, oldest first."""
    codedeploy = client("codedeploy")
    return tuple(
        read_one(client, target, deployment_id)
        for deployment_id in reversed(ids(client, target))
        if codedeploy.get_deployment(deploymentId=deployment_id)["deploymentInfo"]["creator"] == "user"
    )


def wait_for(client: Client, deployment_id: str, status: str, seconds: float) -> None:
    """Wait until the deployment has the status.

    Raises:
        StageError: it has not after `seconds`, or it has ended otherwise.
    """
    deadline = time.monotonic() + seconds
    codedeploy = client("codedeploy")
    while (found := codedeploy.get_deployment(deploymentId=deployment_id)["deploymentInfo"]["status"]) != status:
        if found in ENDED or time.monotonic() > deadline:
            raise StageError(f"deployment {deployment_id} is {found}, expected {status}")
        time.sleep(POLL)


def read_one(client: Client, target: ReleaseTarget, deployment_id: str) -> Release:
    """Return one deployment."""
    codedeploy = client("codedeploy")
    info = codedeploy.get_deployment(deploymentId=deployment_id)["deploymentInfo"]
    sha = info["revision"]["appSpecContent"]["sha256"]
    revision = {"revisionType": "AppSpecContent", "appSpecContent": {"sha256": sha}}
    content = codedeploy.get_application_revision(applicationName=target.application, revision=revision)
    appspec = yaml.safe_load(content["revision"]["appSpecContent"]["content"])
    task_definition = appspec["Resources"][0]["TargetService"]["Properties"]["TaskDefinition"]
    succeeded, failed = (_ends(codedeploy, deployment_id, status) for status in ("Succeeded", "Failed"))
    return Release(
        deployment_id=deployment_id,
        task_definition=task_definition.rsplit("/", 1)[-1],
        status=info["status"],
        created=info["createTime"].timestamp(),
        verified=succeeded.get(HOOK_EVENT),
        rejected=failed.get(HOOK_EVENT),
        shifted=succeeded.get("AllowTraffic"),
    )


def _ends(codedeploy: Any, deployment_id: str, status: str) -> dict[str, float]:
    targets = codedeploy.list_deployment_targets(deploymentId=deployment_id)["targetIds"]
    target = codedeploy.get_deployment_target(deploymentId=deployment_id, targetId=targets[0])["deploymentTarget"]
    return {
        event["lifecycleEventName"]: event["endTime"].timestamp()
        for event in target["ecsTarget"]["lifecycleEvents"]
        if event["status"] == status
    }
