"""HTTP APIs that answer: moto's API, requests through the data plane."""

from __future__ import annotations


def install() -> None:
    """Make every API Gateway v2 backend of this process one of ours."""
    from moto.apigatewayv2.models import apigatewayv2_backends  # noqa: PLC0415 - moto reads its environment then

    from .models import LoopbackApiGatewayV2Backend  # noqa: PLC0415

    apigatewayv2_backends.backend = LoopbackApiGatewayV2Backend
