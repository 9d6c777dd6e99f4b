"""A second Terraform at the same time: who is in its way, and how a dead one's lock is freed."""

from __future__ import annotations

import getpass
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from bluegreen.terraform_state.lock import Lock, explain, in_the_way
from tests.loopback.program import Program
from tests.terraform_state.conftest import in_bucket
from tests.terraform_state.project import BUCKET, SECONDS, Project, kill

ME = f"{getpass.getuser()}@{socket.gethostname()}"
WAITS = "while [ ! -e {go} ]; do sleep 0.05; done"


@pytest.fixture
def bucket(program: Program) -> None:
    program.client("s3").create_bucket(Bucket=BUCKET)


@pytest.fixture
def folder(project: Project, bucket: None) -> Path:
    """A stack whose apply waits until the file `go` is there."""
    project.create()
    waiting = {"local-exec": {"command": WAITS.format(go=project.folder / "go")}}
    return project.stack("sample", in_bucket("sample", provisioner=[waiting]))


@pytest.fixture
def applying(project: Project, folder: Path, program: Program) -> Iterator[subprocess.Popen[str]]:
    """An apply that holds the lock."""
    child = subprocess.Popen(
        ["terraform", f"-chdir={folder}", "apply", "-auto-approve", "-no-color"],
        env=dict(project.environ),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert child.stdout
    for line in child.stdout:
        if "Provisioning with 'local-exec'" in line:
            break
    yield child
    if child.poll() is None:
        kill(child)


def _second(project: Project, folder: Path) -> subprocess.CompletedProcess[str]:
    return project.run("run", "sample", "terraform", f"-chdir={folder}", "apply", "-auto-approve")


@pytest.mark.usefixtures("applying")
def test_a_second_apply_is_told_who_holds_the_lock_since_when_and_how_to_free_it(
    project: Project, folder: Path
) -> None:
    refused = _second(project, folder)
    assert refused.returncode != 0
    last = refused.stderr.splitlines()[-1]
    assert last.startswith(f"sample: the state is locked by {ME} (apply) since 20")
    id_ = last.rpartition("ID=")[2].rstrip("`")
    assert f"lock {id_}: wait until that has ended" in last
    assert last.endswith(f"free the lock: `make unlock ENV=sample ID={id_}`")
    # Terraform's own words stay.
    assert "Error acquiring the state lock" in refused.stderr


def test_a_lock_is_shown_and_freed_only_by_its_own_id(
    project: Project, folder: Path, applying: subprocess.Popen[str]
) -> None:
    kill(applying)
    shown = project.run("unlock", "sample")
    assert shown.returncode == 1
    assert shown.stderr.startswith(f"sample: the state is locked by {ME} (apply)")
    id_ = shown.stderr.rpartition("ID=")[2].strip("`\n")
    another = ("1" if id_.startswith("0") else "0") + id_[1:]
    assert project.run("unlock", "sample", another).returncode == 1
    assert _second(project, folder).returncode != 0

    freed = project.run("unlock", "sample", id_)
    assert freed.returncode == 0, freed.stderr
    assert freed.stdout.splitlines()[-1].startswith(f"sample: lock {id_} of {ME} is gone")
    assert project.run("unlock", "sample").stdout == "sample: nobody has it locked\n"
    (project.folder / "go").touch()
    assert _second(project, folder).returncode == 0


@pytest.mark.usefixtures("applying")
def test_a_lock_of_one_environment_is_in_nobody_else_s_way(project: Project, folder: Path) -> None:
    other = project.stack("other", in_bucket("other"))
    project.terraform(other, "apply", "-auto-approve", "-no-color")
    assert project.terraform(other, "state", "list") == "terraform_data.it\n"


def test_ctrl_c_lets_terraform_end_and_give_its_lock_back(project: Project, folder: Path, program: Program) -> None:
    child = project.start("run", "sample", "terraform", f"-chdir={folder}", "apply", "-auto-approve", "-no-color")
    assert child.stdout
    for line in child.stdout:
        if "Provisioning with 'local-exec'" in line:
            break
    subprocess.run(["kill", "-INT", "--", f"-{child.pid}"], check=True)
    out, _ = child.communicate(timeout=SECONDS)
    assert child.returncode != 0
    assert "Interrupt received" in out
    assert "Contents" not in program.client("s3").list_objects_v2(Bucket=BUCKET, Prefix="sample/terraform.tfstate.t")


def test_a_state_in_a_file_has_nothing_to_free(project: Project) -> None:
    project.create()
    (project.folder / "environments/foundation.toml").write_text("")
    refused = project.run("unlock", "sample", "any")
    assert refused.returncode == 1
    assert refused.stderr == "sample: states are files here, and a file's lock ends with the process that holds it\n"


PLAIN = """
Error: Error acquiring the state lock

Error message: operation error S3: PutObject
Lock Info:
  ID:        5f04ec62-7d13-b0d8-ef62-5f2f413a0455
  Path:      acme-state/sample/terraform.tfstate
  Operation: OperationTypePlan
  Who:       ann@laptop
  Version:   1.11.4
  Created:   2026-11-25 09:00:00.123 +0000 UTC
  Info:

"""
FRAMED = "".join(f"\x1b[31m│\x1b[0m \x1b[0m{line}\n" for line in PLAIN.splitlines())
NAMED = "".join(f"sample  {line}\n" for line in FRAMED.splitlines())


@pytest.mark.parametrize("said", [PLAIN, FRAMED, NAMED], ids=["plain", "on a terminal", "of the cdktf command"])
def test_terraform_s_words_are_read_however_they_are_framed(said: str) -> None:
    lock = in_the_way(said)
    assert lock
    assert (lock.who, lock.id) == ("ann@laptop", "5f04ec62-7d13-b0d8-ef62-5f2f413a0455")
    assert "by ann@laptop (plan) since 2026-11-25 09:00:00 UTC" in explain(lock, stack="sample")


def test_other_errors_are_no_lock() -> None:
    assert in_the_way("Error: creating S3 Bucket\nID: 5\n") is None


def test_the_foundation_s_lock_is_freed_as_a_stack() -> None:
    lock = Lock(id="7", operation="OperationTypeApply", who="ann@laptop", created="2026-11-25T09:00:00.1Z")
    assert explain(lock, stack="foundation").endswith("`make unlock STACK=foundation ID=7`")
