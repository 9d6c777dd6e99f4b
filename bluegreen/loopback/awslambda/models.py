"""The Lambda backend: moto's records, our sandbox."""

from __future__ import annotations

import base64
import json
import logging
import threading
from collections.abc import Mapping, MutableMapping

from moto.awslambda.models import LambdaBackend, LambdaFunction
from moto.logs.models import logs_backends

from bluegreen.loopback import machine

from .exceptions import InvalidRequestContentError
from .function import Function, Outcome
from .log_stream import LogStream
from .sandbox import Sandbox

log = logging.getLogger(__name__)


class LoopbackLambdaBackend(LambdaBackend):
    """Functions that run."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self._machine = machine.get()
        self._sandbox = Sandbox(self._machine)

    def invoke(
        self,
        function_name: str,
        qualifier: str | None,
        body: str | bytes,
        headers: Mapping[str, str],
        response_headers: MutableMapping[str, str],
    ) -> bytes:
        """Run a function: to its end for `RequestResponse`, in a thread of its own for `Event`."""
        function = _function(self.get_function(function_name, qualifier))
        payload = _payload(body)
        response_headers["X-Amz-Executed-Version"] = function.version
        match headers.get("X-Amz-Invocation-Type", "RequestResponse"):
            case "DryRun":
                return b""
            case "Event":
                threading.Thread(target=self._run_and_log, args=(function, payload), daemon=True).start()
                return b""
        outcome, tail = self._run(function, payload)
        response_headers["x-amz-log-result"] = base64.b64encode(tail).decode()
        if outcome.failed:
            response_headers["x-amz-function-error"] = "Unhandled"
        return outcome.payload

    def _run(self, function: Function, payload: bytes) -> tuple[Outcome, bytes]:
        logs = logs_backends[self.account_id][self.region_name]
        stream = LogStream(logs, function.log_group, function.version, self._machine.clock)
        return self._sandbox.run(function, payload, stream), stream.tail

    def _run_and_log(self, function: Function, payload: bytes) -> None:
        try:
            self._run(function, payload)
        except Exception:
            log.exception("the invocation of %s failed in the loopback itself", function.name)


def _function(known: LambdaFunction) -> Function:
    return Function(
        name=known.function_name,
        arn=known.function_arn,
        version=str(known.version),
        region=known.region,
        handler=known.handler or "",
        timeout=int(known.timeout),
        memory=int(known.memory_size),
        environment=dict(known.environment_vars),
        archive=known.code_bytes,
    )


def _payload(body: str | bytes) -> bytes:
    payload = body.encode() if isinstance(body, str) else body
    try:
        json.loads(payload or b"{}")
    except ValueError as error:
        raise InvalidRequestContentError(str(error)) from error
    return payload or b"{}"
