"""The loopback as a process: how it starts, what it says, and that nothing of it stays."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.loopback.program import COMMAND, SECONDS, Program, alive, children

Eventually = Callable[..., None]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    program = Program(tmp_path_factory.mktemp("loopback"))
    yield program
    program.end()


def put_image(program: Program, line: Any) -> Any:
    data = json.dumps(line).encode()
    request = urllib.request.Request(f"{program.endpoint}/_loopback/images", data=data, method="PUT")
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def refused_image(program: Program, line: Any) -> tuple[int, str]:
    with pytest.raises(urllib.error.HTTPError) as caught:
        put_image(program, line)
    with caught.value as answer:
        return answer.code, json.load(answer)["error"]


def test_it_says_where_it_is_and_is_healthy_then(program: Program) -> None:
    assert program.ready["pid"] == program.child.pid
    assert program.ready["environment"]["AWS_ENDPOINT_URL"] == program.endpoint
    assert program.endpoint.startswith("http://127.0.0.1:")
    with urllib.request.urlopen(f"{program.endpoint}/_loopback/health") as answer:
        assert json.load(answer) == {"status": "ready"}


@pytest.mark.parametrize(
    ("service", "operation", "request_", "named"),
    [
        ("ecs", "describe_service_deployments", {"serviceDeploymentArns": ["any"]}, "DescribeServiceDeployments"),
        ("elbv2", "describe_trust_stores", {}, "DescribeTrustStores"),
        ("ec2", "describe_ipam_byoasn", {}, "DescribeIpamByoasn"),
        ("lambda", "get_account_settings", {}, "GET /2016-08-19/account-settings"),
        ("route53", "list_cidr_blocks", {"CollectionId": "any"}, "GET /2013-04-01/cidrcollection/any/cidrblocks"),
        ("snowball", "list_clusters", {}, "ListClusters"),
        ("schemas", "list_registries", {}, "GET /v1/registries"),
    ],
)
def test_an_operation_that_is_not_there_is_named_at_once(
    program: Program, service: str, operation: str, request_: dict[str, Any], named: str
) -> None:
    call = getattr(program.client(service), operation)
    with pytest.raises(ClientError) as first:
        call(**request_)
    response = first.value.response
    assert response["Error"]["Code"] == "NotImplementedByLoopback"
    assert named in response["Error"]["Message"]
    assert (response["ResponseMetadata"]["HTTPStatusCode"], response["ResponseMetadata"]["RetryAttempts"]) == (501, 0)
    assert min(seconds(call, request_) for _ in range(3)) < 1.0


def test_a_service_that_is_not_there_is_no_failure_of_the_loopback(tmp_path: Path) -> None:
    program = Program(tmp_path / "folder", "--log", str(tmp_path / "log"))
    with pytest.raises(ClientError, match="does not have snowball ListClusters"):
        program.client("snowball").list_clusters()
    program.end()
    assert (tmp_path / "log").read_text() == ""


def test_whoever_has_read_the_announcement_need_not_read_on(program: Program) -> None:
    """moto prints about each request for a service that it does not know, more than a pipe holds."""
    host, port = program.endpoint.removeprefix("http://").split(":")
    signed = "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/snowball/aws4_request, Signature=any"
    headers = {
        "Authorization": signed,
        "X-Amz-Target": "AWSIESnowballJobManagementService.ListClusters",
        "Content-Type": "application/x-amz-json-1.1",
    }
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    for _ in range(600):
        connection.request("POST", "/", b"{}", headers)
        answer = connection.getresponse()
        assert answer.status == 501
        answer.read()
    connection.close()


def seconds(call: Callable[..., Any], request_: dict[str, Any]) -> float:
    """Return how long the refusal takes, once moto has loaded the service."""
    started = time.monotonic()
    with pytest.raises(ClientError):
        call(**request_)
    return time.monotonic() - started


def test_what_aws_calls_not_found_stays_not_found(program: Program) -> None:
    with pytest.raises(ClientError) as caught:
        program.client("lambda").get_function(FunctionName="absent")
    assert caught.value.response["Error"]["Code"] == "ResourceNotFoundException"


def test_motos_own_reset_is_closed(program: Program) -> None:
    request = urllib.request.Request(f"{program.endpoint}/moto-api/reset", method="POST")
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request)
    with caught.value as answer:
        assert answer.code == 501


def test_an_image_is_in_the_registry_under_its_digest(program: Program) -> None:
    registry = program.client("ecr")
    registry.create_repository(repositoryName="images")
    line = {"repository": "images", "tag": "1", "command": ["program"], "environment": {"A": "1"}}
    digest = put_image(program, line)["digest"]
    (image,) = registry.describe_images(repositoryName="images")["imageDetails"]
    assert (image["imageDigest"], image["imageTags"]) == (digest, ["1"])
    assert put_image(program, line)["digest"] == digest


def test_the_registry_says_which_architecture_an_image_is_for(program: Program) -> None:
    registry = program.client("ecr")
    registry.create_repository(repositoryName="built")
    put_image(program, {"repository": "built", "tag": "1", "command": ["program"], "architecture": "arm64"})
    (image,) = registry.batch_get_image(repositoryName="built", imageIds=[{"imageTag": "1"}])["images"]
    digest = json.loads(image["imageManifest"])["config"]["digest"]
    found = registry.get_download_url_for_layer(repositoryName="built", layerDigest=digest)
    with urllib.request.urlopen(found["downloadUrl"]) as answer:
        assert json.load(answer) == {"architecture": "arm64", "os": "linux"}
    absent = f"sha256:{'0' * 64}"
    with pytest.raises(registry.exceptions.LayersNotFoundException, match=absent):
        registry.get_download_url_for_layer(repositoryName="built", layerDigest=absent)


def test_an_immutable_tag_keeps_its_image(program: Program) -> None:
    program.client("ecr").create_repository(repositoryName="fixed", imageTagMutability="IMMUTABLE")
    put_image(program, {"repository": "fixed", "tag": "1", "command": ["one"]})
    status, reason = refused_image(program, {"repository": "fixed", "tag": "1", "command": ["two"]})
    assert status == 409
    assert "already exists" in reason


@pytest.mark.parametrize(
    ("line", "status", "reason"),
    [
        ({"repository": "absent", "tag": "1", "command": ["x"]}, 409, "RepositoryNotFoundException"),
        ({"repository": "images"}, 400, 'not {"repository": "images"}'),
        ({"repository": "images", "tag": "1", "command": []}, 400, "an image is {"),
        ({"repository": "images", "tag": "1", "command": [1]}, 400, "an image is {"),
        ({"repository": "images", "tag": "1", "command": ["x"], "architecture": "z80"}, 400, "an image is {"),
        (["no", "object"], 400, "an image is {"),
    ],
)
def test_an_image_that_cannot_be_put_is_refused_with_the_reason(
    program: Program, line: Any, status: int, reason: str
) -> None:
    found, text = refused_image(program, line)
    assert found == status
    assert reason in text


def test_sigterm_leaves_no_process_no_port_and_no_file(tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    child = subprocess.Popen(COMMAND, stdout=subprocess.PIPE, text=True, env=environment)
    assert child.stdout
    port = int(json.loads(child.stdout.readline())["endpoint"].rsplit(":", 1)[1])
    group = children(child.pid)
    child.send_signal(signal.SIGTERM)
    assert child.wait(SECONDS) == 0
    child.stdout.close()
    assert list(tmp_path.iterdir()) == []
    assert not any(alive(pid) for pid in group)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_it_ends_with_whoever_started_it(tmp_path: Path, eventually: Eventually) -> None:
    script = "import subprocess, sys, time; subprocess.Popen(sys.argv[1:]); time.sleep(60)"
    command = [sys.executable, "-c", script, *COMMAND, "--folder", str(tmp_path)]
    starter = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert starter.stdout
    loopback = json.loads(starter.stdout.readline())["pid"]
    starter.kill()
    starter.wait()
    starter.stdout.close()
    eventually(lambda: not alive(loopback))
