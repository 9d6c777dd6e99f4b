"""The server of bad versions: good but for its fault, and never for anybody but this machine."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, suppress

import pytest

from bluegreen.drills.cast import MISBEHAVING

from .answering import answering

PORT = 3000
Answer = tuple[int, str, str | None]


@pytest.fixture(scope="module")
def metadata() -> Iterator[str]:
    with answering({"Family": "app", "Revision": "7"}) as url:
        yield url


@pytest.fixture
def start(metadata: str) -> Iterator[Callable[[str], subprocess.Popen[str]]]:
    started = []

    def begin(fault: str, listen: str = "127.93.7.1:3000") -> subprocess.Popen[str]:
        environment = {
            "PATH": os.environ["PATH"],
            "LISTEN_ADDR": listen,
            "KEY": "Grey",
            "FAULT": fault,
            "ECS_CONTAINER_METADATA_URI_V4": metadata,
        }
        command = [sys.executable, "-I", str(MISBEHAVING)]
        started.append(
            subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        )
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def told(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.read()


def get(path: str, port: int = PORT, seconds: float = 20.0) -> Answer:
    """Ask, again while nobody listens yet."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.93.7.1:{port}{path}", timeout=5) as response:
                return response.status, response.read().decode(), response.headers["x-task-definition"]
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode(), error.headers["x-task-definition"]
        except urllib.error.URLError:
            assert time.monotonic() < deadline
            time.sleep(0.02)


@pytest.mark.parametrize(
    ("fault", "path", "expected"),
    [
        ("stubborn", "/one", (200, '{"key":"route_one from Grey"}')),
        ("health-only", "/health", (200, "{}")),
        ("health-only", "/one", (404, '{"error":"not found"}')),
        ("wrong-body", "/one", (200, '{"key":"under construction"}')),
        ("hang", "/health", (200, "{}")),
    ],
)
def test_it_answers_with_its_identity_and_its_fault(start, fault: str, path: str, expected: tuple[int, str]):
    start(fault)
    assert get(path) == (*expected, "app:7")


def test_head_is_answered_without_a_body_so_that_the_connection_can_be_used_again(start):
    start("wrong-body")
    get("/one")
    with closing(http.client.HTTPConnection("127.93.7.1", PORT, timeout=5)) as connection:
        answers = []
        for _ in range(2):
            connection.request("HEAD", "/one")
            answer = connection.getresponse()
            answers.append((answer.status, answer.read(), answer.headers["x-task-definition"]))
    assert answers == [(200, b"", "app:7")] * 2


def test_it_works_for_its_first_requests(start):
    start("after:2")
    assert [get("/one")[0] for _ in range(4)] == [200, 200, 500, 500]
    assert get("/health")[0] == 200


def test_it_crashes_and_says_at_which_request(start):
    process = start("crash:1")
    get("/one")
    with suppress(OSError):
        urllib.request.urlopen(f"http://127.93.7.1:{PORT}/one", timeout=5).close()
    assert process.wait(10) == 3
    assert "request 2 was one too many" in told(process)


def test_it_is_killed_as_the_kernel_would_once_it_has_leaked_enough(start):
    process = start("leak")
    get("/one")
    with suppress(OSError):
        for _ in range(100):
            urllib.request.urlopen(f"http://127.93.7.1:{PORT}/one", timeout=5).close()
    assert process.wait(10) == -signal.SIGKILL


def test_it_listens_on_another_port(start):
    start("other-port")
    assert get("/one", port=PORT + 1)[0] == 200


def test_it_ends_at_sigterm_unless_it_is_stubborn(start):
    process = start("slow:0")
    get("/one")
    process.terminate()
    assert process.wait(10) == 0
    stubborn = start("stubborn")
    get("/one")
    stubborn.terminate()
    assert get("/one")[0] == 200
    assert stubborn.poll() is None


def test_it_listens_for_this_machine_alone(start):
    process = start("wrong-body", "0.0.0.0:3000")
    assert process.wait(10) == 1
    assert "LISTEN_ADDR: found 0.0.0.0, allowed: an address in 127.0.0.0/8" in told(process)
