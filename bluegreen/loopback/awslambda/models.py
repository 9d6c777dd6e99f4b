"""The Lambda backend: moto's records, our sandbox."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Mapping, MutableMapping
from typing import Any

from moto.awslambda.models import LambdaBackend, LambdaFunction
from moto.logs.models import logs_backends

from bluegreen.loopback import machine
from bluegreen.loopback.iam.sessions import NotAssumableError

from . import execution_role
from .events import Event, Events
from .exceptions import InvalidRequestContentError, RoleNotAssumableError
from .execution_role import Credentials
from .function import Function, Outcome
from .invocation import Invocation
from .log_stream import LogStream
from .sandbox import Sandbox

log = logging.getLogger(__name__)


class LoopbackLambdaBackend(LambdaBackend):
    """Functions that run."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self._machine = machine.get()
        self._sandbox = Sandbox(self._machine)
        self._credentials = Credentials()
        self._events = Events(self._handle, self._machine.clock)
        self._machine.ticker.add(self._events)

    def create_function(self, spec: dict[str, Any]) -> LambdaFunction:
        """Refuse a role that Lambda could not use."""
        execution_role.check(spec.get("Role", ""), in_vpc=_in_vpc(spec))
        return super().create_function(spec)

    def update_function_configuration(
        self, function_name: str, qualifier: str, body: dict[str, Any]
    ) -> dict[str, Any] | None:
        """Refuse a role that Lambda could not use, also where the role stays and the function moves into a VPC."""
        known = self.get_function(function_name, qualifier)
        vpc = _in_vpc(body) if "VpcConfig" in body else _in_vpc({"VpcConfig": known.vpc_config})
        execution_role.check(body.get("Role", known.role), in_vpc=vpc)
        return super().update_function_configuration(function_name, qualifier, body)

    def invoke(
        self,
        function_name: str,
        qualifier: str | None,
        body: str | bytes,
        headers: Mapping[str, str],
        response_headers: MutableMapping[str, str],
    ) -> bytes:
        """Run a function: to its end for `RequestResponse`, in a thread of its own for `Event`."""
        name = function_name.removeprefix(f"{self.account_id}:function:")  # a partial ARN, which moto does not know
        function = _function(self.get_function(name, qualifier))
        payload = _payload(body)
        response_headers["X-Amz-Executed-Version"] = function.version
        match headers.get("X-Amz-Invocation-Type", "RequestResponse"):
            case "DryRun":
                return b""
            case "Event":
                self._events.put(Event(function=function, payload=payload))
                return b""
        outcome, tail = self._run(Invocation(function, payload))
        response_headers["x-amz-log-result"] = base64.b64encode(tail).decode()
        if outcome.failed:
            response_headers["x-amz-function-error"] = "Unhandled"
        return outcome.payload

    def _run(self, invocation: Invocation) -> tuple[Outcome, bytes]:
        function = invocation.function
        try:
            session = self._credentials.of(function)
        except NotAssumableError as error:
            raise RoleNotAssumableError from error
        stream = LogStream(logs_backends[self.account_id][self.region_name], function, self._machine.clock)
        return self._sandbox.run(invocation, session, stream), stream.tail

    def _handle(self, event: Event) -> Outcome:
        try:
            return self._run(Invocation(event.function, event.payload, event.request_id))[0]
        except RoleNotAssumableError:
            log.warning("%s was not invoked: Lambda cannot take its role %s", event.function.name, event.function.role)
            return Outcome(payload=b"null")


def _in_vpc(spec: Mapping[str, Any]) -> bool:
    return bool((spec.get("VpcConfig") or {}).get("SubnetIds"))


def _retries(known: LambdaFunction) -> int:
    """How often an event is tried again: as configured, and not twice by default as Lambda does.

    CodeDeploy's own way to invoke is not known; a hook that reports twice would break a release (codedeploy-ecs §4.1).
    """
    configured = known.event_invoke_config[-1].config if known.event_invoke_config else {}
    return int(configured.get("MaximumRetryAttempts", 0))


def _function(known: LambdaFunction) -> Function:
    return Function(
        name=known.function_name,
        arn=known.function_arn,
        version=str(known.version),
        region=known.region,
        role=known.role,
        retries=_retries(known),
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
