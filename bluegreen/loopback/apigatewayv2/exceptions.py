"""Errors that moto's API Gateway does not have."""

from __future__ import annotations

from moto.apigatewayv2.exceptions import APIGatewayV2Error


class ProxyError(APIGatewayV2Error):
    """The proxy does not serve what was asked for. It says so at once instead of a 500 that is retried."""

    def __init__(self, words: str) -> None:
        super().__init__("LoopbackProxyFailed", words)
