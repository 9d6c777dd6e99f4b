"""From HTTP to operations and back."""

from __future__ import annotations

from typing import Any

from moto.codedeploy.models import codedeploy_backends
from moto.codedeploy.responses import CodeDeployResponse
from moto.core.responses import ActionResult

from .models import LoopbackCodeDeployBackend
from .operations import OPERATIONS, Operation
from .resource import resource_of


class LoopbackCodeDeployResponse(CodeDeployResponse):
    """moto finds an operation as a method of its name: those of `OPERATIONS`, and moto's own for tags."""

    @property
    def backend(self) -> LoopbackCodeDeployBackend:
        """The backend of the request's account and region."""
        backend = codedeploy_backends[self.current_account][self.region]
        if not isinstance(backend, LoopbackCodeDeployBackend):
            raise TypeError("moto's own CodeDeploy backend is in place: call install() before the first request")
        return backend

    def _determine_resource(self) -> str:
        """For IAM: what the request is about."""
        return resource_of(self.backend, self._get_params()) or "*"


def _method(operation: Operation) -> Any:
    def answer(self: LoopbackCodeDeployResponse) -> ActionResult:
        return ActionResult(_present(operation(self.backend, self._get_params())))

    answer.__name__ = operation.__name__
    return answer


def _present(value: Any) -> Any:
    """Leave out what is None: AWS's answers have no member that has no value."""
    if isinstance(value, dict):
        return {key: _present(item) for key, item in value.items() if item is not None}
    return [_present(item) for item in value] if isinstance(value, list) else value


for _operation in OPERATIONS:
    setattr(LoopbackCodeDeployResponse, _operation.__name__, _method(_operation))
