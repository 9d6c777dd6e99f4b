"""Errors of an invocation that moto's Lambda does not have."""

from __future__ import annotations

from moto.awslambda.exceptions import LambdaClientError


class InvalidRequestContentError(LambdaClientError):
    """The payload is not JSON."""

    code = 400

    def __init__(self, words: str) -> None:
        super().__init__("InvalidRequestContentException", f"Could not parse request body into json: {words}")


class RoleNotAssumableError(LambdaClientError):
    """The function's role is gone, or has stopped to trust Lambda."""

    code = 403

    def __init__(self) -> None:
        super().__init__("AccessDeniedException", "The role defined for the function cannot be assumed by Lambda.")
