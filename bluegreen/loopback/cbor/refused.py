"""The refusal of a request that does not reach its service."""

from __future__ import annotations


class RefusedError(Exception):
    """`code` is an error of AWS's front end, `status` the HTTP status."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status


def unknown(name: str) -> RefusedError:
    """There is no such service or operation in this protocol."""
    return RefusedError("UnknownOperationException", f"There is no operation {name} in this protocol")
