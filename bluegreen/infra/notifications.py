"""Who hears of releases: a topic of the user's own, as a topic that nobody has subscribed to would tell nobody."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.codedeploy_deployment_group import CodedeployDeploymentGroupTriggerConfiguration

from bluegreen.settings import Settings

from .iam_policy import Statement, allow


def triggers(settings: Settings) -> list[CodedeployDeploymentGroupTriggerConfiguration] | None:
    """Return what CodeDeploy tells the topic; None without a topic."""
    notifications = settings.notifications
    if not notifications.topic:
        return None
    return [
        CodedeployDeploymentGroupTriggerConfiguration(
            trigger_name=f"{settings.prefix}-releases",
            trigger_target_arn=notifications.topic,
            trigger_events=[f"Deployment{event.capitalize()}" for event in notifications.events],
        )
    ]


def to_publish(settings: Settings) -> tuple[Statement, ...]:
    """Return what a role needs to tell the topic."""
    notifications = settings.notifications
    publish = (allow("sns:Publish", on=[notifications.topic]),) if notifications.topic else ()
    encrypt = (allow("kms:Decrypt", "kms:GenerateDataKey", on=[notifications.key]),) if notifications.key else ()
    return (*publish, *encrypt)
