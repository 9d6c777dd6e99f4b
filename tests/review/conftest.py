"""A loopback account, and real Terraform on a small configuration."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.loopback.clients import environment
from tests.loopback.program import Program


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    program = Program(tmp_path_factory.mktemp("loopback"))
    yield program
    program.end()


@pytest.fixture(scope="module")
def environ(program: Program, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return environment.of(program.endpoint, tmp_path_factory.mktemp("environment"))
