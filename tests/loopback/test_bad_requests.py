"""Whatever is sent to the endpoint, the answer is an error as AWS writes it, and the endpoint lives on."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bluegreen.loopback import front_door, machine
from bluegreen.loopback.request_body import LARGEST
from bluegreen.loopback.server import Loopback
from tests.loopback.program import Program

FORM, JSON_11 = "application/x-www-form-urlencoded", "application/x-amz-json-1.1"
SERVICES = (
    "ecs",
    "codedeploy",
    "lambda",
    "elasticloadbalancing",
    "ec2",
    "iam",
    "apigateway",
    "s3",
    "logs",
    "monitoring",
)
TARGETS = (
    "AmazonEC2ContainerServiceV20141113.CreateService",
    "AmazonEC2ContainerServiceV20141113.DescribeTasks",
    "AmazonEC2ContainerServiceV20141113.Nothing",
    "CodeDeploy_20141006.CreateDeployment",
    "CodeDeploy_20141006.GetDeployment",
    "Logs_20140328.PutLogEvents",
    "no target at all",
)


class Server:
    """Sends raw requests to one loopback."""

    def __init__(self, endpoint: str, log: Path) -> None:
        self.address = urlsplit(endpoint).netloc.split(":")[0], int(endpoint.rsplit(":", 1)[1])
        self.log = log

    def send(self, method: str = "POST", path: str = "/", body: bytes = b"", **headers: str) -> tuple[int, str, bytes]:
        """Return status, content type and body of the answer."""
        connection = http.client.HTTPConnection(*self.address, timeout=20)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, names)
        answer = connection.getresponse()
        found = answer.status, answer.headers.get("Content-Type", ""), answer.read()
        connection.close()
        return found

    def raw(self, data: bytes) -> bytes:
        """Return all that comes back for the bytes."""
        with socket.create_connection(self.address, timeout=10) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(65536), b""))

    def lives(self) -> bool:
        return self.send("GET", "/_loopback/health")[0] == 200


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    program = Program(folder, "--log", str(folder / "log"))
    yield Server(program.endpoint, folder / "log")
    program.end()


def signed(service: str, region: str = "us-east-1") -> str:
    return f"AWS4-HMAC-SHA256 Credential=any/20260101/{region}/{service}/aws4_request, SignedHeaders=host, Signature=0"


def error(body: bytes) -> tuple[str, str]:
    """Return code and message of an error in JSON."""
    document = json.loads(body)
    return document["__type"], document["message"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"{", "SerializationException"),
        (b"\xff\xfe", "SerializationException"),
        (b"[1]", "SerializationException"),
        (b"[" * 100_000, "SerializationException"),
        (b'{"serviceName": 5, "taskDefinition": "t"}', "SerializationException"),
        (b'{"cluster": "default", "desiredCount": "many", "serviceName": "s"}', "SerializationException"),
    ],
)
def test_a_json_request_that_does_not_fit_the_model_is_refused(server: Server, body: bytes, code: str) -> None:
    found = server.send(body=body, Authorization=signed("ecs"), X_Amz_Target=TARGETS[0], Content_Type=JSON_11)
    assert (found[0], found[1]) == (400, "application/json")
    assert error(found[2])[0] == code


def test_an_operation_that_no_service_has_is_not_taken_for_a_missing_one(server: Server) -> None:
    found = server.send(body=b"{}", Authorization=signed("ecs"), X_Amz_Target=TARGETS[2], Content_Type=JSON_11)
    assert (found[0], error(found[2])[0]) == (400, "UnknownOperationException")
    status, kind, body = server.send(body=b"Action=Nothing", Authorization=signed("ec2"), Content_Type=FORM)
    assert (status, kind) == (400, "text/xml; charset=utf-8")
    assert b"<Code>InvalidAction</Code>" in body


def test_a_query_without_a_required_parameter_is_refused(server: Server) -> None:
    form = b"Action=CreateRule&Version=2015-12-01"
    status, _, body = server.send(body=form, Authorization=signed("elasticloadbalancing"), Content_Type=FORM)
    assert status == 400, body
    assert b"<Code>MissingParameter</Code>" in body
    assert b"ListenerArn" in body


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "", "\u00e9", FORM])
def test_a_wrong_content_type_gets_an_answer_of_its_protocol(server: Server, kind: str) -> None:
    status, answered, body = server.send(
        body=b'{"cluster": "absent", "services": ["s"]}',
        Authorization=signed("ecs"),
        X_Amz_Target="AmazonEC2ContainerServiceV20141113.DescribeServices",
        Content_Type=kind,
    )
    assert (status, "html" in answered) == (400, False), body
    assert b"Traceback" not in body


@pytest.mark.parametrize("method", ["BREW", "PATCH", "PUT", "DELETE", "TRACE", "OPTIONS", "GET"])
@pytest.mark.parametrize("path", ["/2015-03-31/functions/x/y/z", "/2015-03-31/functions"])
def test_a_method_that_the_service_lacks_is_no_page(server: Server, method: str, path: str) -> None:
    status, kind, body = server.send(method, path, Authorization=signed("lambda"))
    assert status in (200, 400, 403, 404, 405, 501), body
    assert status == 200 or "html" not in kind


def test_a_body_that_is_too_large_is_refused_unread(server: Server) -> None:
    head = f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {LARGEST + 1}\r\n\r\n".encode()
    answer = server.raw(head)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'"RequestEntityTooLargeException"' in answer


@pytest.mark.parametrize(
    "head",
    [
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: many\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nshort",
        b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n",
        b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"H%d: x\r\n" % number for number in range(200)) + b"\r\n",
    ],
)
def test_what_is_hardly_a_request_is_refused_in_json(server: Server, head: bytes) -> None:
    answer = server.raw(head)
    status = int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else 400
    assert 400 <= status < 500, answer[:300]
    assert b"MalformedHttp" in answer or b"IncompleteBody" in answer, answer[:300]
    assert server.lives()


def test_a_chunked_request_is_read_as_any_other(server: Server) -> None:
    form = b"Action=GetCallerIdentity&Version=2011-06-15"
    head = f"Host: 127.0.0.1\r\nAuthorization: {signed('sts')}\r\nContent-Type: {FORM}\r\nTransfer-Encoding: chunked"
    chunks = b"%x\r\n%s\r\n0\r\n\r\n" % (len(form), form)
    answer = server.raw(f"POST / HTTP/1.1\r\n{head}\r\n\r\n".encode() + chunks)
    assert answer.startswith(b"HTTP/1.1 200 "), answer
    assert b"123456789012" in answer


def test_a_service_that_does_not_exist_is_named(server: Server) -> None:
    status, kind, body = server.send("GET", "/", Authorization=signed("teleportation"))
    assert status == 501
    assert "html" not in kind
    assert "teleportation" in error(body)[1]


def test_slow_clients_neither_hold_up_the_others_nor_stay_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front_door.RequestHandler, "timeout", 0.3)
    with Loopback() as loopback:
        server = Server(loopback.endpoint, Path())
        slow = [socket.create_connection(server.address, timeout=10) for _ in range(50)]
        for number, connection in enumerate(slow):
            connection.sendall(
                b"POST / HT" if number % 2 else b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{"
            )
        assert server.lives()
        answers = [b"".join(iter(lambda one=one: one.recv(4096), b"")) for one in slow]
        for connection in slow:
            connection.close()
    assert all(b"RequestTimeout" in answer for answer in answers[::2])
    assert all(answer == b"" for answer in answers[1::2])


def test_a_failure_of_ours_is_told_as_such_and_its_traceback_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with Loopback() as loopback:
        from bluegreen.loopback.ecs.responses import LoopbackECSResponse  # noqa: PLC0415 - moto, only once

        monkeypatch.setattr(LoopbackECSResponse, "list_clusters", lambda _: 1 // 0)
        server = Server(loopback.endpoint, Path())
        status, _, body = server.send(
            body=b"{}",
            Authorization=signed("ecs"),
            X_Amz_Target="AmazonEC2ContainerServiceV20141113.ListClusters",
            Content_Type=JSON_11,
        )
        assert machine.get().endpoint
    assert (status, error(body)[0]) == (501, "InternalFailure")
    assert "ZeroDivisionError" in error(body)[1]
    assert "Traceback" not in error(body)[1]
    (record,) = [one for one in caplog.records if one.exc_info]
    assert "ecs ListClusters failed" in record.getMessage()


documents: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
NAMES = (
    "applicationName",
    "deploymentGroupName",
    "revision",
    "serviceName",
    "cluster",
    "tasks",
    "logGroupName",
    "deploymentId",
)
bodies = st.one_of(
    st.binary(max_size=200),
    documents.map(lambda one: json.dumps(one).encode()),
    st.dictionaries(st.sampled_from(NAMES), documents, max_size=5).map(lambda one: json.dumps(one).encode()),
    st.sampled_from([b"Action=DescribeInstances", b"Action=CreateRule", b"Action=", b"Action=%ff&Action=2", b"<x>"]),
)


@settings(
    max_examples=250, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "X"]),
    path=st.sampled_from(
        [
            "/",
            "/v2/apis",
            "/2015-03-31/functions",
            "/_loopback/images",
            "/_loopback/metadata/x",
            "/b/k",
            "/%ff%00",
            "//",
            "/?Action=ListUsers",
            "/service/CodeDeploy_20141006/operation/GetDeployment",
            "/v2/apis/x/routes/y",
        ]
    ),
    body=bodies,
    service=st.sampled_from(SERVICES),
    target=st.none() | st.sampled_from(TARGETS),
    kind=st.sampled_from([FORM, JSON_11, "application/json", "text/plain", "application/cbor", "multipart/form-data"]),
    cbor=st.booleans(),
)
def test_no_request_gets_a_500_or_a_page_or_ends_the_server(
    server: Server, method: str, path: str, body: bytes, service: str, target: str | None, kind: str, cbor: bool
) -> None:
    headers = {"Authorization": signed(service), "Content_Type": kind}
    if target:
        headers["X_Amz_Target"] = target
    if cbor:
        headers["Smithy_Protocol"] = "rpc-v2-cbor"
    status, answered, content = server.send(method, path, body, **headers)
    assert status != 500, content
    assert b"Traceback" not in content
    assert not (status >= 400 and "html" in answered), content
    assert b"InternalFailure" not in content, content
    assert server.lives()
