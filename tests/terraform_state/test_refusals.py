"""What is refused before anything is done, in one line each."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from bluegreen.terraform_state.guard import check
from bluegreen.terraform_state.state import StateError
from tests.loopback.program import Program
from tests.terraform_state.conftest import in_file
from tests.terraform_state.project import BUCKET, Project

STATE = {"version": 4, "lineage": "12345678-lineage", "serial": 3, "resources": [{"mode": "managed"}]}


@pytest.fixture
def local(tmp_path: Path) -> Project:
    """A project that never asks AWS for anything."""
    return Project(folder=tmp_path / "project", environ={}).create(
        environments={"sample": "", "play": "rehearsal = true\n"}
    )


def _write(project: Project, stack: str, state: Mapping[str, object]) -> None:
    (project.folder / f"terraform.{stack}.tfstate").write_text(json.dumps(state))


def test_a_stack_whose_state_is_still_in_a_file_is_not_worked_on(local: Project) -> None:
    _write(local, "sample", STATE)
    with pytest.raises(
        StateError, match=r"sample: its state \(1 resources\) is in terraform.sample.tfstate, .*bootstrap"
    ):
        check("sample", local.folder)


def test_a_state_without_resources_and_a_rehearsal_s_are_in_nobody_s_way(local: Project) -> None:
    _write(local, "sample", {**STATE, "resources": []})
    _write(local, "play", STATE)
    check("sample", local.folder)
    check("play", local.folder)


def test_without_a_bucket_the_file_is_where_the_state_belongs(local: Project) -> None:
    (local.folder / "environments/foundation.toml").write_text("")
    _write(local, "sample", STATE)
    check("sample", local.folder)


def test_a_bootstrap_without_a_bucket_says_what_to_name(project: Project) -> None:
    project.create()
    (project.folder / "environments/foundation.toml").write_text("")
    refused = project.run("bootstrap")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "environments/foundation.toml: state_bucket: found '', allowed: a name for the bucket to be made\n"
    )


def test_two_bootstraps_of_one_folder_do_not_run_at_once(project: Project) -> None:
    project.create()
    (project.folder / ".build/bootstrap").mkdir(parents=True)
    with (project.folder / ".build/bootstrap/lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        refused = project.run("bootstrap")
    assert refused.returncode == 1
    assert refused.stderr == "another bootstrap still runs in this folder: wait until it has ended\n"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_two_states_are_both_left_as_they_are(project: Project, program: Program) -> None:
    project.create(environments={"one": ""})
    project.bootstrap()
    theirs = json.dumps({**STATE, "lineage": "87654321-theirs"}).encode()
    program.client("s3").put_object(Bucket=BUCKET, Key="one/terraform.tfstate", Body=theirs)
    folder = project.stack("one", in_file("one"))
    project.terraform(folder, "apply", "-auto-approve", "-no-color")
    ours = (project.folder / "terraform.one.tfstate").read_bytes()
    refused = project.run("bootstrap")
    assert refused.returncode == 1
    assert refused.stderr.startswith("one: two states: the file has 1 resources")
    assert (project.folder / "terraform.one.tfstate").read_bytes() == ours
    there = program.client("s3").get_object(Bucket=BUCKET, Key="one/terraform.tfstate")["Body"].read()
    assert there == theirs


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_bootstrap_waits_for_nobody_s_lock(project: Project, program: Program) -> None:
    project.create(environments={"one": ""})
    project.bootstrap()
    project.terraform(project.stack("one", in_file("one")), "apply", "-auto-approve", "-no-color")
    lock = {"ID": "7", "Operation": "OperationTypeApply", "Who": "ann@laptop", "Created": "2026-11-25T09:00:00.1Z"}
    program.client("s3").put_object(Bucket=BUCKET, Key="one/terraform.tfstate.tflock", Body=json.dumps(lock).encode())
    refused = project.run("bootstrap")
    assert refused.returncode == 1
    assert refused.stderr.startswith("one: the state is locked by ann@laptop (apply) since 2026-11-25 09:00:00 UTC")
    assert "terraform.one.tfstate" in project.files()
