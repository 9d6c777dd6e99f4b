"""Application Auto Scaling as Terraform needs it: targets, policies with their alarms, tags. Nothing is scaled."""

from __future__ import annotations


def install() -> None:
    """Make every backend of this process one of ours."""
    # moto reads its environment when imported
    from moto.applicationautoscaling.models import applicationautoscaling_backends  # noqa: PLC0415

    from .models import LoopbackApplicationAutoScalingBackend  # noqa: PLC0415

    applicationautoscaling_backends.backend = LoopbackApplicationAutoScalingBackend
