"""From HTTP to operations and back."""

from __future__ import annotations

from typing import Any

from moto.codedeploy.models import codedeploy_backends
from moto.codedeploy.responses import CodeDeployResponse
from moto.core.common_types import TYPE_RESPONSE
from moto.core.model import ServiceModel
from moto.core.request import Request
from moto.core.responses import ActionResult
from werkzeug.exceptions import RequestEntityTooLarge

from .exceptions import Refusal
from .models import LoopbackCodeDeployBackend
from .operations import OPERATIONS, Operation
from .resource import resource_of
from .wire import members_of, operation_of, present

# No request of this API comes near it: an AppSpec has some kilobytes. AWS states no number.
MOST_BYTES = 1 << 20


class LoopbackCodeDeployResponse(CodeDeployResponse):
    """moto finds an operation as a method of its name: each is one of `OPERATIONS`."""

    use_raw_body = True

    def __init__(self) -> None:
        super().__init__()
        self.automated_parameter_parsing = self.allow_request_decompression = False
        self._operation = ""
        self._members: dict[str, Any] = {}

    @property
    def backend(self) -> LoopbackCodeDeployBackend:
        """The backend of the request's account and region."""
        backend = codedeploy_backends[self.current_account][self.region]
        if not isinstance(backend, LoopbackCodeDeployBackend):
            raise TypeError("moto's own CodeDeploy backend is in place: call install() before the first request")
        return backend

    def determine_response_protocol(self, service_model: ServiceModel) -> str:  # noqa: ARG002 - moto's signature
        """JSON: what was no JSON has been refused."""
        return "json"

    def _dispatch(self, request: Request, full_url: str | None = None, headers: Any = None) -> TYPE_RESPONSE:
        """Read the request before moto does: what cannot be read is AWS's error, not an accident later."""
        request.max_content_length = MOST_BYTES
        try:
            operation = operation_of(request.headers.get("X-Amz-Target"), request.content_type)
            self._operation, self._members = operation.name, members_of(operation, request.get_data())
        except RequestEntityTooLarge:
            return self._refused(Refusal("RequestEntityTooLarge", f"A request has at most {MOST_BYTES} bytes"), 413)
        except Refusal as refusal:
            return self._refused(refusal)
        return super()._dispatch(request, full_url, headers)

    def _get_action(self) -> str:
        return self._operation

    def _get_params(self) -> dict[str, Any]:
        return self._members

    def _determine_resource(self) -> str:
        """For IAM: what the request is about."""
        return resource_of(self.backend, self._members) or "*"

    def _refused(self, refusal: Refusal, status: int = 400) -> TYPE_RESPONSE:
        headers, body = self._enrich_response(dict(refusal.get_headers()), refusal.get_body())
        return status, headers, body


def _method(operation: Operation) -> Any:
    def answer(self: LoopbackCodeDeployResponse) -> ActionResult:
        return ActionResult(present(operation(self.backend, self._get_params())))

    answer.__name__ = operation.__name__
    return answer


for _operation in OPERATIONS:
    setattr(LoopbackCodeDeployResponse, _operation.__name__, _method(_operation))
