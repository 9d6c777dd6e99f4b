"""A deployment that is over, as CodeDeploy tells it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bluegreen.rehearsal import releases
from bluegreen.rehearsal.releases import Release

from .asked import asked
from .service import Service


@dataclass(frozen=True)
class LifecycleEvent:
    """`at`: epoch seconds of its end."""

    at: float
    name: str
    status: str


@dataclass(frozen=True)
class Deployed:
    """A deployment with its lifecycle events; `ended` in epoch seconds, None while it runs."""

    release: Release
    by_user: bool
    ended: float | None
    events: tuple[LifecycleEvent, ...]
    asked: frozenset[str]
    """The revisions that answered the hook."""

    @property
    def revision(self) -> str:
        return self.release.task_definition

    @property
    def verified(self) -> float | None:
        """When the hook passed this very revision, in epoch seconds: a verdict on another one is none on this."""
        return self.release.verified if self.asked == {self.revision} else None

    @property
    def bad_end(self) -> bool:
        """Whether it failed or was stopped."""
        return self.release.status in ("Failed", "Stopped")


def since(service: Service, started: float) -> tuple[Deployed, ...]:
    """Return the deployments created since `started` (epoch seconds), oldest first."""
    client, target = service.stage.client, service.target
    found = []
    verdicts = asked(_hook_log(service, started))
    for deployment_id in reversed(releases.ids(client, target)):
        info = client("codedeploy").get_deployment(deploymentId=deployment_id)["deploymentInfo"]
        if info["createTime"].timestamp() < started:
            continue
        complete = info.get("completeTime")
        found.append(
            Deployed(
                releases.read_one(client, target, deployment_id),
                info["creator"] == "user",
                complete.timestamp() if complete else None,
                _events(client("codedeploy"), deployment_id),
                verdicts.get(deployment_id, frozenset()),
            )
        )
    return tuple(found)


def _hook_log(service: Service, started: float) -> Iterator[str]:
    pages = service.stage.client("logs").get_paginator("filter_log_events")
    for page in pages.paginate(logGroupName=service.target.hook_log_group, startTime=int(started * 1000)):
        yield from (event["message"] for event in page["events"])


def _events(codedeploy: Any, deployment_id: str) -> tuple[LifecycleEvent, ...]:
    (target,) = codedeploy.list_deployment_targets(deploymentId=deployment_id)["targetIds"]
    found = codedeploy.get_deployment_target(deploymentId=deployment_id, targetId=target)["deploymentTarget"]
    return tuple(
        LifecycleEvent(event["endTime"].timestamp(), event["lifecycleEventName"], event["status"])
        for event in found["ecsTarget"]["lifecycleEvents"]
        if event.get("endTime")
    )
