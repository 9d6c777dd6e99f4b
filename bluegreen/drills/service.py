"""One service of a place: its commands, and what the account says of it at this moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bluegreen.rehearsal.live import Live
from bluegreen.rehearsal.stage import Stage, StageError
from bluegreen.release_target import ReleaseTarget
from bluegreen.settings import Settings

POLL = 0.2
ACTIVE = ["Created", "Queued", "InProgress", "Ready"]


@dataclass(frozen=True)
class Service:
    """A service that was applied."""

    stage: Stage
    settings: Settings
    live: Live

    @classmethod
    def of(cls, stage: Stage, settings: Settings) -> Service:
        return cls(stage, settings, Live.of(stage, settings))

    @property
    def target(self) -> ReleaseTarget:
        return self.live.target

    @property
    def url(self) -> str:
        """Where its visitors go."""
        return self.live.url + self.settings.routes[0].partition(" ")[2]

    def described(self) -> dict[str, Any]:
        """Return the ECS service."""
        asked = {"cluster": self.target.cluster, "services": [self.target.service]}
        return self.stage.client("ecs").describe_services(**asked)["services"][0]

    def weights(self, listener: str = "") -> dict[str, int]:
        """Return the weight of each target group, by ARN, that the production listener (or another) forwards to."""
        arns = [listener or self.target.production_listener]
        (found,) = self.stage.client("elbv2").describe_listeners(ListenerArns=arns)["Listeners"]
        (action,) = found["DefaultActions"]
        groups = action.get("ForwardConfig", {}).get("TargetGroups") or [{"TargetGroupArn": action["TargetGroupArn"]}]
        return {group["TargetGroupArn"]: group.get("Weight", 1) for group in groups}

    def serving(self) -> str:
        """Return the ARN of the target group with the most production traffic."""
        weights = self.weights()
        return max(weights, key=weights.__getitem__)

    def active(self) -> list[str]:
        """Return the ids of the deployments that are not over."""
        names = {"applicationName": self.target.application, "deploymentGroupName": self.target.deployment_group}
        return self.stage.client("codedeploy").list_deployments(**names, includeOnlyStatuses=ACTIVE)["deployments"]

    def red_alarms(self) -> list[str]:
        found = self.stage.client("cloudwatch").describe_alarms(
            AlarmNamePrefix=f"{self.settings.prefix}-", StateValue="ALARM"
        )
        return [alarm["AlarmName"] for alarm in found["MetricAlarms"]]

    def tag_of(self, revision: str) -> str:
        """Return the image tag that a revision (family:revision) was released with, as `bluegreen` wrote it down."""
        ecs = self.stage.client("ecs")
        tags = ecs.describe_task_definition(taskDefinition=revision, include=["TAGS"]).get("tags", [])
        return next((tag["value"] for tag in tags if tag["key"] == "image-tag"), "")


def until(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Wait until the condition holds.

    Raises:
        StageError: it does not after so many seconds; `what` says what was waited for.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise StageError(f"{what} did not come within {seconds:.0f} s")
        time.sleep(POLL)
