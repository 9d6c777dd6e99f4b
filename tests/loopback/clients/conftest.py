"""A loopback in a process of its own, and the environment that leads a client there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.loopback.clients import environment
from tests.loopback.clients.history import History, play
from tests.loopback.program import Program


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """An empty account in which an AWS minute takes two seconds."""
    program = Program(tmp_path_factory.mktemp("loopback"))
    yield program
    program.end()


@pytest.fixture(scope="module")
def environ(program: Program, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return environment.of(program.endpoint, tmp_path_factory.mktemp("environment"))


@pytest.fixture(scope="session", autouse=True)
def playing(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, eventually: Callable[..., None]
) -> Iterator[Future[History] | None]:
    """Terraform's history, begun before the first test here: most of it is waiting, which other tests can fill."""
    if not any("history" in getattr(item, "fixturenames", ()) for item in request.session.items):
        yield None
        return
    folder = tmp_path_factory.mktemp("terraform")
    program = Program(folder / "loopback")
    with ThreadPoolExecutor(max_workers=1) as background:
        yield background.submit(play, program, environment.of(program.endpoint, folder), folder, eventually)
    program.end()
