"""Lambda without containers: moto's API, and functions that run as real processes on a real runtime API."""

from __future__ import annotations


def install() -> None:
    """Make every Lambda backend of this process one of ours."""
    from moto.awslambda.models import lambda_backends  # noqa: PLC0415 - moto reads its environment when imported

    from .models import LoopbackLambdaBackend  # noqa: PLC0415

    lambda_backends.backend = LoopbackLambdaBackend
