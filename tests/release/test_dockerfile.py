"""The image's Dockerfile as Podman and Buildah run it: every RUN in plain sh, SHELL ignored."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Cross = Callable[[str, str], "subprocess.CompletedProcess[str]"]
DOCKERFILE = (Path(__file__).parents[2] / "service_rust/Dockerfile").read_text()
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
