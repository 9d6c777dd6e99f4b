"""Amazon CloudWatch: moto's API, with metrics that were really measured and alarms that are evaluated."""

from __future__ import annotations


def install() -> None:
    """Make every CloudWatch backend of this process one of ours."""
    from moto.cloudwatch.models import cloudwatch_backends  # noqa: PLC0415 - moto reads its environment when imported

    from .models import LoopbackCloudWatchBackend  # noqa: PLC0415

    cloudwatch_backends.backend = LoopbackCloudWatchBackend
