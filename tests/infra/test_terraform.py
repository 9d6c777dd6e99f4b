"""Terraform itself, with the real provider, reads what was synthesized."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bluegreen import provider_mirror


@pytest.fixture(scope="module")
def terraform_environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    file = tmp_path_factory.mktemp("terraform") / "terraform.tfrc"
    return {**os.environ, **provider_mirror.environment(file, os.environ), "CHECKPOINT_DISABLE": "1"}


def _terraform(folder: Path, environ: dict[str, str], *arguments: str) -> str:
    command = ["terraform", f"-chdir={folder}", *arguments]
    done = subprocess.run(command, env=environ, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("stack", ["foundation", "sample", "production", "full"])
def test_terraform_finds_the_stack_valid(
    stack: str, cdktf_out: Path, own_out: Path, tmp_path: Path, terraform_environ: dict[str, str]
) -> None:
    folder = tmp_path / stack
    out = own_out if stack == "full" else cdktf_out
    shutil.copytree(out / "stacks" / stack, folder)
    _terraform(folder, terraform_environ, "init", "-backend=false", "-input=false")
    verdict = json.loads(_terraform(folder, terraform_environ, "validate", "-json"))
    assert (verdict["valid"], verdict["diagnostics"]) == (True, [])
