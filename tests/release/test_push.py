"""`bluegreen push` with an executable named docker that writes down how it was called."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
REPOSITORY = "rehearsal-rust-blue-green"
DOCKER = """#!/bin/sh
echo "$*" >> "$RECORDING"
test "$1" = login && { cat; echo; } >> "$RECORDING"
test "$1" != "$FAILING"
"""


@pytest.fixture
def repository(client: Callable[[str], Any]) -> Iterator[str]:
    ecr = client("ecr")
    yield ecr.create_repository(repositoryName=REPOSITORY)["repository"]["repositoryUri"]
    ecr.delete_repository(repositoryName=REPOSITORY, force=True)


@pytest.fixture
def push(bluegreen: Run, signed_in: dict[str, str], tmp_path: Path) -> Run:
    docker = tmp_path / "docker"
    docker.write_text(DOCKER)
    docker.chmod(0o755)
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    recording = {"RECORDING": str(tmp_path / "recording"), "FAILING": "", "PATH": path}

    def run(*words: str, **environ: str) -> Any:
        return bluegreen("push", "--environment", "rehearsal", *words, **{**signed_in, **recording, **environ})

    return run


def test_it_builds_logs_in_and_pushes_with_the_password_on_standard_input(
    push: Run, repository: str, tmp_path: Path
) -> None:
    ended = push("--color", "Blue", "--tag", "print-blue")
    assert ended.code == 0, ended.err
    build, login, password, pushed = (tmp_path / "recording").read_text().splitlines()
    assert build.startswith("build --platform linux/")
    assert build.endswith(f"--build-arg COLOR=Blue --tag {repository}:print-blue .")
    assert login == f"login --username AWS --password-stdin {repository.partition('/')[0]}"
    assert password
    assert password not in ended.out
    assert pushed == f"push {repository}:print-blue"
    assert "`bluegreen deploy --environment rehearsal --image-tag print-blue` releases it" in ended.out


def test_the_tag_carries_colour_and_git_revision(push: Run, repository: str) -> None:
    ended = push("--color", "Blue", "--allow-dirty")
    assert ended.code == 0, ended.err
    assert f"{repository}:print-blue-" in ended.out


def test_a_build_that_fails_ends_in_one_line(push: Run, repository: str, tmp_path: Path) -> None:
    ended = push("--tag", "print-blue", FAILING="build")
    assert ended.code == 2
    assert ended.err.splitlines()[-1] == "bluegreen: `docker build` failed with exit code 1: docker says why"
    assert "push" not in (tmp_path / "recording").read_text()


def test_no_builder_is_one_line(push: Run, repository: str) -> None:
    ended = push("--tag", "print-blue", "--builder", "kaniko")
    assert ended.code == 2
    assert ended.err.startswith("bluegreen: no kaniko on PATH")


def test_a_repository_that_is_not_there_says_what_makes_it(push: Run) -> None:
    ended = push("--tag", "print-blue")
    assert ended.code == 2
    assert ended.err == (
        f"bluegreen: there is no image repository {REPOSITORY} in us-east-1: `make deploy STACK=foundation` makes it\n"
    )
