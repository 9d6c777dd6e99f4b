"""scripts/cdktf: when the hook is built, and what is deployed where it was not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from bluegreen.infra import hook_archive

ROOT = Path(__file__).parents[2]
ARM64, GLIBC = 183, b"GLIBC_2.39"
SAYS = '#!/bin/sh\necho "{program} $* zip=$BLUEGREEN_HOOK_ZIP"\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder like the project's, whose `make` and `cdktf` say how they were called and do nothing."""
    project = tmp_path / "project"
    (project / ".build/hook/arm64").mkdir(parents=True)
    for name in ("environments", ".venv"):
        (project / name).symlink_to(ROOT / name)
    for program in ("node_modules/.bin/cdktf", "bin/make"):
        (project / program).parent.mkdir(parents=True)
        (project / program).write_text(SAYS.format(program=Path(program).name))
        (project / program).chmod(0o755)
    return project


def _cdktf(project: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, hook_archive.OVERRIDE: "", "PATH": f"{project / 'bin'}:{os.environ['PATH']}", **more}
    command = [str(ROOT / "scripts/cdktf"), *arguments]
    return subprocess.run(command, cwd=project, env=environ, text=True, capture_output=True, check=False)


def _program(project: Path, *needs: bytes) -> Path:
    """Write a zip as `make hook` leaves it."""
    binary, archive = project / "program", project / ".build/hook/arm64/bootstrap.zip"
    binary.write_bytes(b"\x7fELF" + bytes(14) + ARM64.to_bytes(2, "little") + bytes(10) + b"\0".join(needs))
    hook_archive.write(binary, archive)
    return archive


@pytest.mark.parametrize(
    ("verb", "stack"),
    [("deploy", "foundation"), ("destroy", "foundation"), ("destroy", "sample")],
)
def test_nothing_is_built_for_the_foundation_or_to_destroy(project: Path, verb: str, stack: str) -> None:
    done = _cdktf(project, verb, "sample", stack)
    assert done.returncode == 0, done.stderr
    assert "hook ARCH" not in done.stdout
    stand_in = done.stdout.rsplit("zip=", 1)[1].strip()
    # Terraform reads it all the same.
    assert (project / stand_in).is_file()


def test_the_hook_is_built_for_the_service(project: Path) -> None:
    _program(project)
    done = _cdktf(project, "deploy", "sample", "sample")
    assert done.returncode == 0, done.stderr
    assert "make --no-print-directory hook ARCH=arm64 zip=\n" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("zip=")


def test_a_hook_that_lambda_cannot_start_is_not_deployed(project: Path) -> None:
    archive = _program(project, GLIBC)
    done = _cdktf(project, "deploy", "sample", "sample")
    assert done.returncode == 1
    assert done.stderr.startswith(f"{archive.relative_to(project)}: the hook needs glibc 2.39, and Lambda has 2.34.")
    assert "cdktf deploy" not in done.stdout


def test_a_zip_that_is_named_is_judged_and_not_built(project: Path) -> None:
    named = _program(project, GLIBC).rename(project / "named.zip")
    done = _cdktf(project, "deploy", "sample", "sample", BLUEGREEN_HOOK_ZIP=str(named))
    assert done.returncode == 1
    assert done.stderr.startswith(f"{named}: the hook needs glibc 2.39")
    assert "hook ARCH" not in done.stdout


def test_a_rehearsal_s_hook_runs_on_this_machine_whatever_its_glibc(project: Path) -> None:
    named = _program(project, GLIBC)
    more = {"BLUEGREEN_HOOK_ZIP": str(named), "AWS_ENDPOINT_URL": "http://127.0.0.1:1"}
    done = _cdktf(project, "deploy", "rehearsal", "rehearsal", **more)
    assert done.returncode == 0, done.stderr
    assert f"cdktf deploy rehearsal --auto-approve --skip-provider-lock zip={named}" in done.stdout


@pytest.mark.parametrize("verb", ["deploy", "destroy"])
def test_a_rehearsal_never_reaches_aws(project: Path, verb: str) -> None:
    done = _cdktf(project, verb, "rehearsal", "rehearsal", AWS_ENDPOINT_URL="")
    assert done.returncode == 2
    assert done.stderr.startswith("rehearsal is a rehearsal environment and AWS is none of its business")
    assert "cdktf" not in done.stdout


PROTECTED = 'extends = "sample"\n[load_balancer]\ndeletion_protection = true\n'


def test_a_protected_environment_is_not_destroyed_and_the_way_out_is_said(project: Path, tmp_path: Path) -> None:
    (project / "environments").unlink()
    shutil.copytree(ROOT / "environments", project / "environments")
    file = project / "environments/guarded.toml"
    file.write_text(PROTECTED)
    done = _cdktf(project, "destroy", "guarded", "guarded")
    assert done.returncode == 2
    assert (
        "set it to false in environments/guarded.toml, run `make deploy ENV=guarded`, and destroy then" in done.stderr
    )
    assert "cdktf destroy" not in done.stdout

    file.write_text(PROTECTED.replace("true", "false"))
    assert "cdktf destroy guarded" in _cdktf(project, "destroy", "guarded", "guarded").stdout
