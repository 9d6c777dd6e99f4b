"""What is no request gets AWS's error, and the next one is served."""

from __future__ import annotations

import json
import math
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bluegreen.loopback.server import Loopback

from .front import JSON, PREFIX, SIGNED, front

TARGET = f"{PREFIX}.GetDeployment"

Send = Callable[..., tuple[int, Any]]


@pytest.fixture
def send() -> Iterator[Send]:
    """Return a function that sends bytes and returns the status and the error's code; a right request follows."""
    with front() as to:

        def post(body: bytes, *, target: str | None = TARGET, content_type: str = JSON, **more: str) -> tuple[int, Any]:
            return to.send(
                body, **{"Content-Type": content_type, **({"X-Amz-Target": target} if target else {}), **more}
            )

        yield post
        assert to.ask("ListDeploymentConfigs", {}) == ""


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"nonsense",
        b"\xff\xfe",
        b"[]",
        b"1",
        b"null",
        b'"text"',
        b"[" * 100_000,
        b'{"deploymentId":' * 50_000,
        b'{"deploymentId": NaN}',
        b'{"deploymentId": 1}',
        b'{"deploymentId": true}',
        b'{"deploymentId": ["d-000000000"]}',
        b'{"deploymentId": {"S": "d-000000000"}}',
        b'{"deploymentId": "\\ud800"}',
        b'{"deploymentId": ' + b"9" * 10_000 + b"}",
    ],
)
def test_what_is_no_request_cannot_be_read(send: Send, body: bytes) -> None:
    assert send(body) == (400, "SerializationException")


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("StopDeployment", {"deploymentId": "d-000000000", "autoRollbackEnabled": "yes"}),
        ("ListDeployments", {"createTimeRange": {"start": "yesterday"}}),
        ("ListDeployments", {"createTimeRange": {"start": True}}),
        ("ListDeployments", {"createTimeRange": {"start": math.inf}}),
        ("ListDeployments", {"createTimeRange": {"end": math.nan}}),
        ("ListDeployments", {"includeOnlyStatuses": "Failed"}),
        ("ListDeployments", {"includeOnlyStatuses": [None]}),
        ("ListDeploymentTargets", {"deploymentId": "d-000000000", "targetFilters": {"TargetStatus": "Failed"}}),
        ("ListDeploymentTargets", {"deploymentId": "d-000000000", "targetFilters": []}),
        ("CreateDeploymentGroup", {"ecsServices": [{"clusterName": 1}]}),
        ("CreateDeploymentGroup", {"blueGreenDeploymentConfiguration": {"deploymentReadyOption": []}}),
        ("CreateDeploymentConfig", {"trafficRoutingConfig": {"timeBasedCanary": {"canaryPercentage": 2.5}}}),
        ("CreateDeploymentConfig", {"trafficRoutingConfig": {"timeBasedCanary": {"canaryPercentage": 1 << 31}}}),
        ("CreateDeploymentConfig", {"trafficRoutingConfig": {"timeBasedCanary": {"canaryPercentage": True}}}),
    ],
)
def test_a_member_of_another_type_cannot_be_read(send: Send, operation: str, members: dict[str, Any]) -> None:
    target = f"CodeDeploy_20141006.{operation}"
    assert send(json.dumps(members).encode(), target=target) == (400, "SerializationException")


@pytest.mark.parametrize(
    "target",
    [
        None,
        "GetDeployment",
        "CodeDeploy_20141006.Nonsense",
        "CodeDeploy_20141006.",
        "CodeDeploy_20991231.GetDeployment",
    ],
)
def test_an_operation_that_is_not_there_is_unknown(send: Send, target: str | None) -> None:
    assert send(b"{}", target=target) == (400, "UnknownOperationException")


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_a_protocol_that_the_service_has_not_is_unknown(send: Send, content_type: str) -> None:
    assert send(b"{}", content_type=content_type) == (400, "UnknownOperationException")


@pytest.mark.parametrize("content_type", [f"{JSON}; charset=utf-8", "application/json", "Application/X-Amz-Json-1.1"])
def test_json_by_its_other_names_is_read(send: Send, content_type: str) -> None:
    assert send(b"{}", content_type=content_type) == (400, "DeploymentIdRequiredException")


def test_a_body_without_end_is_too_large(send: Send) -> None:
    assert send(b'{"deploymentId": "' + b"x" * (4 << 20)) == (413, "RequestEntityTooLargeException")


def test_a_compressed_body_is_no_json(send: Send) -> None:
    assert send(b"\x1f\x8b\x08\x00", **{"Content-Encoding": "gzip"}) == (400, "SerializationException")


@pytest.mark.parametrize(
    ("target", "body", "status", "code"),
    [
        (TARGET, b"{", 400, "SerializationException"),
        (TARGET, b'{"deploymentId": "' + b"x" * (4 << 20), 413, "RequestEntityTooLargeException"),
        (f"{PREFIX}.Nonsense", b"{}", 400, "UnknownOperationException"),
        (TARGET, b"{}", 400, "DeploymentIdRequiredException"),
    ],
)
def test_an_error_comes_over_http_in_the_protocol_of_the_service(
    server: Loopback, target: str, body: bytes, status: int, code: str
) -> None:
    headers = {"Authorization": SIGNED, "X-Amz-Target": target, "Content-Type": JSON}
    request = urllib.request.Request(server.endpoint, body, headers)
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=10)
    assert (refusal.value.code, json.load(refusal.value)["__type"]) == (status, code)
    assert refusal.value.headers["Content-Type"] == JSON
    assert refusal.value.headers["x-amzn-RequestId"]


def test_an_empty_body_has_no_members(send: Send) -> None:
    assert send(b"") == (400, "DeploymentIdRequiredException")


def test_a_member_that_the_model_has_not_and_a_null_are_as_if_not_there(send: Send) -> None:
    assert send(b'{"deploymentId": null, "surprise": {"a": [1]}}') == (400, "DeploymentIdRequiredException")
