"""What an operation is: the backend and the request's members in, the answer's members out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Protocol

from bluegreen.loopback.codedeploy.models import LoopbackCodeDeployBackend

Backend = LoopbackCodeDeployBackend
Request = Mapping[str, Any]
Answer = dict[str, Any]


class Operation(Protocol):
    """`__name__` is the operation's name in snake case."""

    __name__: str

    def __call__(self, backend: Backend, request: Request, /) -> Answer: ...


def alone(operation: Callable[[Backend, Request], Answer]) -> Operation:
    """Let nothing else read or write the ledger meanwhile; such an operation calls no other service."""

    @wraps(operation)
    def locked(backend: Backend, request: Request) -> Answer:
        with backend.ledger.lock:
            return operation(backend, request)

    return locked
