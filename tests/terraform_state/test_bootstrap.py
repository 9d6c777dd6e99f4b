"""`make bootstrap`, with the real Terraform: run once, run twice, and killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.program import Program
from tests.terraform_state.conftest import in_bucket, in_file
from tests.terraform_state.project import BUCKET, SECONDS, Project, parsed
from tests.terraform_state.proxy import Proxy

Stored = Callable[[str], dict[str, Any] | None]

GITHUB = 'github_repository = "acme/shop"\n'
ADDRESSES = {
    "aws_ecr_lifecycle_policy",
    "aws_ecr_repository",
    "aws_iam_openid_connect_provider",
    "aws_iam_policy",
    "aws_iam_role",
    "aws_iam_role_policy",
    "aws_iam_role_policy_attachment",
    "aws_s3_bucket",
    "aws_s3_bucket_ownership_controls",
    "aws_s3_bucket_policy",
    "aws_s3_bucket_public_access_block",
    "aws_s3_bucket_server_side_encryption_configuration",
    "aws_s3_bucket_versioning",
}


def _kinds(state: dict[str, Any] | None) -> set[str]:
    assert state
    return {one["type"] for one in state["resources"] if one["mode"] == "managed"}


def _deployed(project: Project, name: str) -> tuple[Path, dict[str, Any]]:
    """Apply a small stack with its state in a file; return its folder and its state."""
    folder = project.stack(name, in_file(name))
    project.terraform(folder, "apply", "-auto-approve", "-no-color")
    return folder, parsed((project.folder / f"terraform.{name}.tfstate").read_bytes())


@pytest.mark.timeout(300)
def test_it_makes_the_foundation_and_moves_every_state_and_does_nothing_the_second_time(
    project: Project, stored: Stored, program: Program
) -> None:
    project.create(foundation=GITHUB, environments={"one": "", "two": "", "play": "rehearsal = true\n"})
    states = {name: _deployed(project, name)[1] for name in ("one", "play")}
    said = project.bootstrap()
    assert _kinds(stored("foundation")) == ADDRESSES
    assert stored("one") == states["one"]
    assert (stored("two"), stored("play")) == (None, None)
    assert "two: not deployed yet" in said

    kept = {name for name in project.files() if ".moved-" in name}
    # Those files that are states still are: the rehearsal's, which is not shared.
    assert {name for name in project.files() if name.endswith(".tfstate")} == {"terraform.play.tfstate"}
    assert {name.split(".moved-")[0] for name in kept} == {"terraform.one.tfstate", "terraform.foundation.tfstate"}

    before = stored("foundation")
    again = project.bootstrap()
    assert "terraform apply" not in again
    assert (stored("foundation"), stored("one")) == (before, states["one"])
    assert {name for name in project.files() if ".moved-" in name} == kept
    assert program.client("s3").get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_stack_goes_on_from_its_moved_state(project: Project, stored: Stored) -> None:
    project.create(environments={"one": ""})
    folder, state = _deployed(project, "one")
    project.bootstrap()
    moved = in_bucket("one")
    # The folder is the one of before: its note of the old backend is no hindrance.
    assert project.stack("one", moved) == folder
    assert "No changes" in project.terraform(folder, "plan", "-no-color")
    moved["resource"]["terraform_data"]["it"]["input"] = "changed"
    project.stack("one", moved)
    project.terraform(folder, "apply", "-auto-approve", "-no-color")
    after = stored("one")
    assert after
    assert (after["lineage"], after["serial"] > state["serial"]) == (state["lineage"], True)
    # A copy of the old file that comes back is known for what it is.
    kept = next(name for name in project.files() if name.startswith("terraform.one.tfstate.moved-"))
    (project.folder / kept).rename(project.folder / "terraform.one.tfstate")
    assert "the file is kept as" in project.bootstrap()
    assert stored("one") == after


FAST = [("s3 PUT /acme-terraform-state/one/terraform.tfstate", "after")]
PLACES = [
    "s3 PUT /acme-terraform-state",
    "ecr CreateRepository",
    "iam CreateOpenIDConnectProvider",
    "iam CreateRole",
    "iam CreatePolicy",
    "s3 PUT /acme-terraform-state?versioning=",
    "s3 PUT /acme-terraform-state/foundation/terraform.tfstate.tflock",
    "s3 PUT /acme-terraform-state/foundation/terraform.tfstate",
    "s3 DELETE /acme-terraform-state/foundation/terraform.tfstate.tflock",
    "s3 PUT /acme-terraform-state/one/terraform.tfstate",
    "s3 DELETE /acme-terraform-state/one/terraform.tfstate.tflock",
]
KILLS = [
    pytest.param(where, moment, marks=[] if (where, moment) in FAST else [pytest.mark.slow])
    for where in PLACES
    for moment in ("before", "after")
]


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("where", "moment"), KILLS)
def test_it_is_killed_at_a_request_and_finishes_when_it_is_run_again(
    where: str, moment: str, project: Project, proxy: Proxy, stored: Stored, program: Program
) -> None:
    project.create(foundation=GITHUB, environments={"one": ""})
    _, state = _deployed(project, "one")
    child = project.start("bootstrap")
    killed: list[str] = []

    def at(asked: str) -> bool:
        if asked.partition("&")[0] != where or killed:
            return bool(killed)
        killed.append(asked)
        os.killpg(child.pid, signal.SIGKILL)
        return True

    setattr(proxy, moment, at)
    child.communicate(timeout=SECONDS)
    assert killed, f"it never asked for {where}: {sorted(set(proxy.seen))}"
    _nothing_is_lost(project, stored, state)

    setattr(proxy, moment, lambda _asked: False)
    project.bootstrap()
    assert _kinds(stored("foundation")) == ADDRESSES
    assert stored("one") == state
    assert not [name for name in project.files() if name.endswith(".tfstate")]
    listed = program.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
    assert [one["Key"] for one in listed] == ["foundation/terraform.tfstate", "one/terraform.tfstate"]


def _nothing_is_lost(project: Project, stored: Stored, state: dict[str, Any]) -> None:
    """The environment's state is in the file, or in the bucket, or the same in both."""
    file = project.folder / "terraform.one.tfstate"
    try:
        there = stored("one")
    except Exception:
        there = None
    found = [one for one in (parsed(file.read_bytes()) if file.exists() else None, there) if one]
    assert found
    assert all(one == state for one in found)


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_state_that_terraform_was_killed_in_writing_is_made_up_again(
    project: Project, stored: Stored, program: Program
) -> None:
    project.create(foundation=GITHUB, environments={"one": ""})
    project.bootstrap()
    (kept,) = (name for name in project.files() if ".moved-" in name)
    text = (project.folder / kept).read_text()
    (project.folder / kept).unlink()
    (project.folder / "terraform.foundation.tfstate").write_text(text[: len(text) // 2])
    # As it was before the move.
    program.client("s3").delete_object(Bucket=BUCKET, Key="foundation/terraform.tfstate")
    assert "it is kept as terraform.foundation.tfstate.unreadable" in project.bootstrap()
    assert _kinds(stored("foundation")) == ADDRESSES
