"""The bindings against the real API."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from route_check import check_routes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .conftest import Routes

BINARY = Path(__file__).parents[2] / "target" / "service" / "rust-api"


@pytest.fixture
def service(routes: Routes) -> Iterator[str]:
    """The API as a task of rust-blue-green:5: `routes` plays the task metadata endpoint."""
    assert BINARY.exists(), "build the API first: make build"
    routes.body = json.dumps({"Family": "rust-blue-green", "Revision": "5"}).encode()
    variables = {"LISTEN_ADDR": "127.0.0.1:0", "COLOR": "Blue", "ECS_CONTAINER_METADATA_URI_V4": routes.url}
    with subprocess.Popen([BINARY], env=variables, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://{json.loads(process.stdout.readline())['address']}"
        process.terminate()
    assert process.returncode == 0


def test_the_api_passes_the_article_s_checks(service: str) -> None:
    checks = [
        {"path": f"/{word}", "body": {"pointer": "/key", "equals": f"route_{word} from Blue"}}
        for word in ("one", "two", "three")
    ]
    verdict = check_routes(service, checks, expected_task_definition="rust-blue-green:5")
    assert verdict.passed, verdict.reason
    assert {route.task_definition for route in verdict.routes} == {"rust-blue-green:5"}


def test_the_api_is_known_for_the_revision_it_is_not(service: str) -> None:
    verdict = check_routes(service, [{"path": "/one"}], expected_task_definition="rust-blue-green:6", budget=0.2)
    assert verdict.reason == "/one: answered by rust-blue-green:5, but rust-blue-green:6 is under deployment"
