"""CodeDeploy for ECS: moto's API, completed, with an engine that releases."""

from __future__ import annotations


def install() -> None:
    """Put our backend in the place of moto's, and forget what an earlier machine's one held."""
    from moto.codedeploy.models import codedeploy_backends  # noqa: PLC0415 - moto reads its environment when imported

    from .models import LoopbackCodeDeployBackend  # noqa: PLC0415

    codedeploy_backends.backend = LoopbackCodeDeployBackend
    codedeploy_backends.clear()
