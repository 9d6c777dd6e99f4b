"""Elastic Load Balancing v2 with real listeners: moto's API, real health checks, traffic through the data plane."""

from __future__ import annotations


def install() -> None:
    """Make every ELB backend of this process one of ours, and let the operations that differ be ours."""
    from moto.elb import urls  # noqa: PLC0415 - moto reads its environment when imported
    from moto.elbv2.models import elbv2_backends  # noqa: PLC0415

    from .models import LoopbackELBv2Backend  # noqa: PLC0415
    from .responses import LoopbackELBv2Response  # noqa: PLC0415

    elbv2_backends.backend = LoopbackELBv2Backend
    # both generations of ELB have one address: moto tells them apart there, by the version that a request names
    urls.ELBV2Response = LoopbackELBv2Response  # type: ignore[misc]
