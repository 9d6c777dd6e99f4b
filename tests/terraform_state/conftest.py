"""An account of its own for each test, in a process of its own, with a proxy before it that tests can kill at."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.clients import environment
from tests.loopback.conftest import eventually  # noqa: F401 - a fixture
from tests.loopback.program import Program
from tests.terraform_state.project import BUCKET, Project
from tests.terraform_state.proxy import Proxy


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    program = Program(tmp_path / "loopback")
    yield program
    program.end()


@pytest.fixture
def proxy(program: Program) -> Iterator[Proxy]:
    with Proxy(program.endpoint) as proxy:
        yield proxy


@pytest.fixture
def project(proxy: Proxy, tmp_path: Path) -> Project:
    """A project that has not been bootstrapped; its settings are not written yet."""
    return Project(folder=tmp_path / "project", environ=environment.of(proxy.endpoint, tmp_path))


@pytest.fixture
def stored(program: Program) -> Callable[[str], dict[str, Any] | None]:
    """Return a function that reads a stack's state as it lies in the bucket."""

    def stored(stack: str) -> dict[str, Any] | None:
        s3 = program.client("s3")
        try:
            return json.loads(s3.get_object(Bucket=BUCKET, Key=f"{stack}/terraform.tfstate")["Body"].read())
        except s3.exceptions.NoSuchKey:
            return None

    return stored


def in_file(stack: str) -> dict[str, Any]:
    """Return a stack of one resource that needs no provider, its state in a file as before the bootstrap."""
    return _stack(stack, {"local": {"path": f"../../../terraform.{stack}.tfstate"}}, {})


def in_bucket(stack: str, **more: Any) -> dict[str, Any]:
    """Return that stack with its state in the bucket; `more` are arguments of the resource."""
    place = {"bucket": BUCKET, "key": f"{stack}/terraform.tfstate", "region": "us-east-1"}
    return _stack(stack, {"s3": {**place, "encrypt": True, "use_lockfile": True}}, more)


def _stack(stack: str, backend: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    return {"terraform": {"backend": backend}, "resource": {"terraform_data": {"it": {"input": stack, **more}}}}
