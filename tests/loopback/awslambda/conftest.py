"""Functions whose `bootstrap` is a Python script that talks to the runtime API."""

from __future__ import annotations

import io
import sys
import uuid
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from tests.loopback.roles import HOOK_LOG, LAMBDA, make_role

RUNTIME = """#!{python}
import http.client, json, os, sys, time

def call(method, path, body=None):
    connection = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    connection.request(method, "/2018-06-01/runtime" + path, body)
    answer = connection.getresponse()
    return answer.headers, answer.read()

def answer(result):
    call("POST", "/invocation/" + request + "/response", json.dumps(result))

while True:
    headers, event = call("GET", "/invocation/next")
    request = headers["Lambda-Runtime-Aws-Request-Id"]
    event = json.loads(event)
{handler}
"""


def _package(handler: str, *, mode: int = 0o755, name: str = "bootstrap") -> bytes:
    """Return a zip whose bootstrap runs the lines of `handler` for each event."""
    lines = "\n".join(f"    {line}" for line in handler.splitlines())
    content = RUNTIME.format(python=sys.executable, handler=lines)
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = mode << 16
        archive.writestr(entry, content)
    return result.getvalue()


@pytest.fixture
def package() -> Callable[..., bytes]:
    return _package


@pytest.fixture(scope="module")
def functions(client: Callable[[str], Any]) -> Any:
    return client("lambda")


@pytest.fixture(scope="module")
def role(client: Callable[[str], Any]) -> str:
    """A role whose functions may write their log, and nothing else."""
    return make_role(client("iam"), "any", LAMBDA, attached=HOOK_LOG)


@pytest.fixture
def deploy(functions: Any, role: str) -> Callable[..., str]:
    def create(handler: str, *, archive: bytes | None = None, timeout: int = 5, role: str = role, **more: Any) -> str:
        name = f"one-{uuid.uuid4().hex[:8]}"
        functions.create_function(
            FunctionName=name,
            Runtime="provided.al2023",
            Handler="bootstrap",
            Role=role,
            Timeout=timeout,
            MemorySize=256,
            Environment={"Variables": {"COLOR": "Green"}},
            Code={"ZipFile": archive or _package(handler)},
            **more,
        )
        return name

    return create


@pytest.fixture
def log_of(client: Callable[[str], Any]) -> Callable[[str], list[str]]:
    logs = client("logs")

    def read(name: str) -> list[str]:
        group = f"/aws/lambda/{name}"
        if not logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"]:
            return []
        return [event["message"] for event in logs.filter_log_events(logGroupName=group)["events"]]

    return read
