"""A real loopback and AWS's own clients, for tests of what a client sees."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import botocore.session
import pytest

from bluegreen.loopback import model_reader
from bluegreen.loopback.server import Loopback

REGION = "us-east-1"


@pytest.fixture(scope="session", autouse=True)
def models() -> None:
    """Read each service's model once: most tests make clients in a session of their own."""
    model_reader.share()


@pytest.fixture(scope="module")
def loopback() -> Iterator[Loopback]:
    """An account, empty when the module begins, in which an AWS minute takes two seconds."""
    with Loopback(port=0, minute=2.0) as running:
        yield running


@pytest.fixture(scope="module")
def client(loopback: Loopback) -> Callable[[str], Any]:
    """Return a function that makes the client of a service."""
    session = botocore.session.get_session()

    def make(service: str) -> Any:
        return session.create_client(
            service,
            region_name=REGION,
            endpoint_url=loopback.endpoint,
            aws_access_key_id="any",
            aws_secret_access_key="any",
        )

    return make


@pytest.fixture(scope="session")
def eventually() -> Callable[..., None]:
    """Return a function that asks until the answer is true, and fails after some seconds."""

    def wait(holds: Callable[[], object], seconds: float = 15.0) -> None:
        deadline = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < deadline, "it did not come about in time"
            time.sleep(0.02)

    return wait
