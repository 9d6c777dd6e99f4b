"""The image's Dockerfile as Podman and Buildah run it: every RUN in plain sh, SHELL ignored."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

Cross = Callable[[str, str], "subprocess.CompletedProcess[str]"]
PROJECT = Path(__file__).parents[2]
DOCKERFILE = (PROJECT / "service_rust/Dockerfile").read_text()
CONTEXT = (PROJECT / "service_rust/Dockerfile.dockerignore").read_text().splitlines()
MEMBERS: list[str] = tomllib.loads((PROJECT / "Cargo.toml").read_text())["workspace"]["members"]
SHIPPED = DOCKERFILE[DOCKERFILE.index("\nFROM scratch\n") :]
"""The last stage: the image itself."""
SCRIPTS = re.findall(r"^RUN ((?:.*\\\n)*.*)$", DOCKERFILE, re.MULTILINE)
SHELL = shutil.which("dash") or "sh"
"""Debian's sh, which knows nothing of bash's own words."""


@pytest.fixture
def cross(tmp_path: Path) -> Cross:
    """Run the step that sets up the compiler, with stand-ins for all that it calls outside its folder."""
    for name in ("rustup", "apt-get", "rm"):
        (tmp_path / name).write_text('#!/bin/sh\ntest "$FAILING" != "${0##*/}"\n')
    (tmp_path / "dpkg").write_text('#!/bin/sh\necho "$MACHINE"\n')
    for stand_in in tmp_path.iterdir():
        stand_in.chmod(0o755)

    def run(architecture: str, failing: str = "") -> subprocess.CompletedProcess[str]:
        path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
        environ = {"PATH": path, "TARGETARCH": architecture, "MACHINE": "amd64", "FAILING": failing}
        command = [SHELL, "-c", SCRIPTS[0]]
        return subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize(
    ("architecture", "triple", "linker"),
    [
        ("amd64", "x86_64-unknown-linux-gnu", "gcc"),
        ("arm64", "aarch64-unknown-linux-gnu", "aarch64-linux-gnu-gcc"),
    ],
)
def test_it_compiles_for_the_architecture_asked_for(
    cross: Cross, tmp_path: Path, architecture: str, triple: str, linker: str
) -> None:
    done = cross(architecture, "")
    assert done.returncode == 0, done.stderr
    written = (tmp_path / ".cargo/config.toml").read_text()
    assert f'target = "{triple}"' in written
    assert f'linker = "{linker}"' in written


@pytest.mark.parametrize("failing", ["rustup", "apt-get"])
def test_a_step_that_fails_ends_the_build(cross: Cross, tmp_path: Path, failing: str) -> None:
    assert cross("arm64", failing).returncode != 0
    assert not (tmp_path / ".cargo").exists()


def test_another_architecture_is_refused_in_words(cross: Cross) -> None:
    done = cross("riscv64", "")
    assert (done.returncode, done.stderr) == (2, "TARGETARCH=riscv64: allowed are arm64 and amd64\n")


def test_every_step_ends_at_its_first_error_whatever_the_builder_makes_of_shell() -> None:
    assert "SHELL" not in re.findall(r"^[A-Z]+", DOCKERFILE, re.MULTILINE)
    assert SCRIPTS
    assert all(script.startswith("set -eu; ") for script in SCRIPTS)


@pytest.mark.parametrize("member", MEMBERS)
def test_the_manifest_of_every_workspace_member_reaches_the_build(member: str) -> None:
    assert f"COPY {member}/Cargo.toml {member}/" in DOCKERFILE.splitlines()
    assert f"!{member}/Cargo.toml" in CONTEXT


def test_everything_that_is_copied_is_let_into_the_context() -> None:
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    sources = {source for line in copied for source in line.split()}
    assert sources == {line.removeprefix("!") for line in CONTEXT if line.startswith("!")}
    assert all((PROJECT / source).exists() for source in sources)


def test_the_image_is_empty_but_for_one_binary_that_runs_without_root() -> None:
    lines = [line for line in SHIPPED.splitlines() if line]
    assert lines[0] == "FROM scratch"
    assert [line for line in lines if line.startswith(("COPY", "ADD", "RUN"))] == [
        "COPY --from=build /rust-api /rust-api"
    ]
    user = re.search(r"^USER (\d+):(\d+)$", SHIPPED, re.MULTILINE)
    assert user
    assert 0 not in map(int, user.groups())
    assert 'ENTRYPOINT ["/rust-api"]' in lines


def test_the_compiler_is_the_one_of_the_workspace() -> None:
    toolchain = tomllib.loads((PROJECT / "rust-toolchain.toml").read_text())["toolchain"]["channel"]
    assert re.findall(r"^FROM \S+ (\S+) AS build$", DOCKERFILE, re.MULTILINE) == [
        f"docker.io/library/rust:{toolchain}-slim-bookworm"
    ]
