"""The requests that a plan leads to."""

from __future__ import annotations

from typing import Any

from tests.loopback.codedeploy.story import alarms, answer, appspec, group_request, inline, pair, rollback_on, waits

from .plan import Plan, Release
from .simulated_account import TEST

__all__ = ["answer", "application", "configuration", "deployment", "group"]


def application() -> dict[str, Any]:
    return {"applicationName": "a", "computePlatform": "ECS"}


def configuration(plan: Plan) -> dict[str, Any] | None:
    """Return the CreateDeploymentConfig request of a plan with a custom configuration."""
    routing = plan.routing
    if routing.predefined:
        return None
    name = routing.type.removeprefix("TimeBased").lower()
    steps = {f"{name}Percentage": routing.percentage, f"{name}Interval": routing.minutes}
    traffic = {"type": routing.type, f"timeBased{name.title()}": steps}
    return {"deploymentConfigName": "custom", "computePlatform": "ECS", "trafficRoutingConfig": traffic}


def group(plan: Plan) -> dict[str, Any]:
    """Return the CreateDeploymentGroup request."""
    routing = plan.routing
    return group_request(
        deploymentConfigName=f"CodeDeployDefault.{routing.predefined}" if routing.predefined else "custom",
        loadBalancerInfo=pair(test=TEST if plan.test_on else None),
        blueGreenDeploymentConfiguration=waits(termination=plan.termination, ready=plan.ready),
        autoRollbackConfiguration=rollback_on(*plan.rollback) if plan.rollback else None,
        alarmConfiguration=alarms(*dict(plan.alarms), ignorePollAlarmFailure=plan.ignore_unreadable)
        if plan.alarms
        else None,
    )


def deployment(release: Release, number: int, objects: dict[str, bytes]) -> dict[str, Any]:
    """Return the CreateDeployment request; a stored revision is put where the account keeps its objects."""
    text = appspec(f"v{number + 1}", {event: f"{event}-{number}" for event, _ in release.hooks})
    revision: dict[str, Any] = inline(text)
    if release.stored:
        key = f"v{number + 1}.json"
        objects[key] = text.encode()
        revision = {"revisionType": "S3", "s3Location": {"bucket": "b", "key": key, "bundleType": "JSON"}}
    override = {"overrideAlarmConfiguration": {"enabled": False, "alarms": []}} if release.alarms_off else {}
    return {"applicationName": "a", "deploymentGroupName": "g", "revision": revision, **override}
