"""CodeDeploy as moto's server calls it, without the socket: what it raises is seen, and nothing behind it mends it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from moto.codedeploy.models import codedeploy_backends
from moto.core.request import Request

from bluegreen.loopback import codedeploy, machine
from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.codedeploy.responses import LoopbackCodeDeployResponse
from bluegreen.loopback.machine import Machine

from .service_model import check_error, check_response
from .story import Story

ACCOUNT, REGION = "123456789012", "us-east-1"
SIGNED = f"AWS4-HMAC-SHA256 Credential=any/20260101/{REGION}/codedeploy/aws4_request, SignedHeaders=host, Signature=0"
JSON = "application/x-amz-json-1.1"
PREFIX = "CodeDeploy_20141006"


class Front:
    """Requests to the CodeDeploy of a story."""

    def __init__(self, story: Story) -> None:
        codedeploy.install()
        codedeploy_backends[ACCOUNT][REGION] = story.backend
        self.story = story

    def send(self, body: bytes, **headers: str) -> tuple[int, Any]:
        """Send bytes; return the status and the answer, or the error's code."""
        sent = {"Authorization": SIGNED, "Content-Length": str(len(body)), **headers}
        request = Request.from_primitives("POST", "http://localhost/", sent, body)
        status, _, answer = LoopbackCodeDeployResponse.dispatch(request, "http://localhost/", sent)
        document = json.loads(answer or "{}")
        return status, document if status == 200 else document["__type"]

    def ask(self, name: str, members: Any) -> str:
        """Call an operation; return the error's code or nothing, once the answer is checked."""
        headers = {"X-Amz-Target": f"{PREFIX}.{name}", "Content-Type": JSON}
        status, answer = self.send(json.dumps(members).encode(), **headers)
        if status == 200:
            check_response(name, answer)
            return ""
        assert status == 400
        check_error(name, answer)
        return answer


@contextmanager
def front() -> Iterator[Front]:
    """A front in an account where nothing has happened."""
    here = Machine(clock=(clock := ManualClock()))
    machine.install(here)
    try:
        yield Front(Story(clock))
    finally:
        codedeploy_backends.clear()
        here.close()
