"""scripts/plan, which `make plan` runs, with real Terraform on the smallest stack."""

from __future__ import annotations

import fcntl
import json
from pathlib import Path

import pytest

from tests.loopback.program import Program
from tests.review.project import Project

pytestmark = pytest.mark.slow

STACK = "rehearsal-foundation"


@pytest.fixture
def project(tmp_path: Path, program: Program) -> Project:
    return Project.make(tmp_path, program.endpoint)


def test_it_reviews_the_plan_and_leaves_it_for_nobody_else_to_read(project: Project) -> None:
    done = project.plan("rehearsal", "foundation")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{STACK}: 2 to add, 0 to change, 0 to replace, 0 to destroy, outputs that change: ")
    assert done.stdout.endswith("guard: nothing to object to\n")
    left = project.left(STACK)
    assert left.stat().st_mode & 0o077 == 0
    assert json.loads((left / "plan.json").read_text())["resource_changes"]
    assert (left / "summary.md").read_text().startswith(f"<!-- plan of {STACK} -->\n")


def test_an_address_that_needs_no_allowance_is_refused(project: Project) -> None:
    done = project.plan("rehearsal", "foundation", "aws_lb.none")
    assert done.returncode == 2
    assert "--allow aws_lb.none: the guard objects to nothing there" in done.stderr


def test_a_locked_state_is_told_in_one_line_with_who_holds_it(project: Project) -> None:
    state = project.folder / f"terraform.{STACK}.tfstate"
    info = {"ID": "some-id", "Operation": "OperationTypeApply", "Who": "ada@laptop", "Created": "2026-01-02T03:04:05Z"}
    (project.folder / f".{state.name}.lock.info").write_text(json.dumps(info))
    with state.open("w") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)
        done = project.plan("rehearsal", "foundation")
    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    assert first.startswith(f"{STACK}: the state is locked by ada@laptop (apply) since 2026-01-02 03:04:05")
    assert second == f"Terraform's own words are in .build/plan/{STACK}/terraform.log"


def test_a_loopback_that_does_not_run_is_told(project: Project) -> None:
    done = project.plan("rehearsal", "foundation", AWS_ENDPOINT_URL="http://127.0.0.1:9", AWS_MAX_ATTEMPTS="1")
    assert done.returncode == 2
    assert done.stderr.startswith(f"{STACK}: nothing answers at 127.0.0.1:9")


def test_a_rehearsal_never_reaches_aws(project: Project) -> None:
    done = project.plan("rehearsal", "rehearsal", AWS_ENDPOINT_URL="")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("rehearsal is a rehearsal environment and AWS is none of its business")


def test_an_environment_that_is_not_named_is_asked_for(project: Project) -> None:
    done = project.plan("", "")
    assert done.returncode == 2
    assert "make plan ENV=sample (there are: " in done.stderr


def test_a_stack_that_is_not_there_is_told_with_those_that_are(project: Project) -> None:
    done = project.plan("rehearsal", "nonsense")
    assert done.returncode == 2
    assert f"rehearsal has no stack nonsense; there are: rehearsal {STACK}" in done.stderr


def test_a_hook_that_is_not_there_is_told_before_terraform_starts(project: Project) -> None:
    done = project.plan("rehearsal", "rehearsal", BLUEGREEN_HOOK_ZIP="none.zip")
    assert done.returncode == 2
    assert "BLUEGREEN_HOOK_ZIP=none.zip: no such file. `make hook ARCH=" in done.stderr
