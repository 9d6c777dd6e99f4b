"""Elastic Load Balancing v2 with real listeners: moto's API, real health checks, traffic through the data plane."""

from __future__ import annotations


def install() -> None:
    """Make every ELB backend of this process one of ours."""
    from moto.elbv2.models import elbv2_backends  # noqa: PLC0415 - moto reads its environment when imported

    from .models import LoopbackELBv2Backend  # noqa: PLC0415

    elbv2_backends.backend = LoopbackELBv2Backend
