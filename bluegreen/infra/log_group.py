"""A log group that forgets: AWS keeps events for ever unless told."""

from __future__ import annotations

from cdktf_cdktf_provider_aws.cloudwatch_log_group import CloudwatchLogGroup
from constructs import Construct

from bluegreen.settings import Settings


def log_group(scope: Construct, id_: str, *, name: str, settings: Settings) -> CloudwatchLogGroup:
    return CloudwatchLogGroup(scope, id_, name=name, retention_in_days=settings.log_retention)
