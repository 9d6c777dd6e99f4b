"""Errors of an invocation that moto's Lambda does not have."""

from __future__ import annotations

from moto.awslambda.exceptions import LambdaClientError


class InvalidRequestContentError(LambdaClientError):
    """The payload is not JSON."""

    code = 400

    def __init__(self, words: str) -> None:
        super().__init__("InvalidRequestContentException", f"Could not parse request body into json: {words}")
