"""The whole rehearsal environment, planned, applied and destroyed with real Terraform.

Its load balancer alone takes a minute, so one story is told from the first plan to the last resource.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from botocore.exceptions import ClientError

from tests.loopback.program import Program
from tests.review.project import Project

STACK = "rehearsal"
CLEAN = f"{STACK}: No changes: the infrastructure is as the configuration says.\n"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


def test_from_the_first_plan_to_a_destroy_past_its_protection(tmp_path: Path, program: Program) -> None:
    project = Project.make(tmp_path, program.endpoint)
    everything_is_added_without_an_objection(project)
    right_after_the_apply_nothing_changes(project)
    a_setting_that_is_changed_is_shown(project)
    what_is_protected_is_not_destroyed(project, program)
    the_protection_is_lifted_in_a_step_of_its_own(project)
    then_the_environment_can_be_destroyed(project)


def everything_is_added_without_an_objection(project: Project) -> None:
    assert project.plan(STACK, "foundation").returncode == 0
    project.apply("rehearsal-foundation")
    done = project.plan(STACK, STACK)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.match(r"rehearsal: \d\d+ to add, 0 to change, 0 to replace, 0 to destroy", done.stdout)
    assert done.stdout.endswith("guard: nothing to object to\n")
    project.apply(STACK)


def right_after_the_apply_nothing_changes(project: Project) -> None:
    done = project.plan(STACK, STACK)
    assert (done.returncode, done.stdout) == (0, CLEAN)


def a_setting_that_is_changed_is_shown(project: Project) -> None:
    change(project, "[load_balancer]\n", "[load_balancer]\nidle_timeout = 61\ndeletion_protection = true\n")
    done = project.plan(STACK, STACK)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "rehearsal: 0 to add, 1 to change, 0 to replace, 0 to destroy\n\nLoad balancer, changed\n" in done.stdout
    assert "      idle_timeout: 60 → 61\n" in done.stdout
    assert "`idle_timeout`: `60` → `61`" in (project.left(STACK) / "summary.md").read_text()
    project.apply(STACK)


def what_is_protected_is_not_destroyed(project: Project, program: Program) -> None:
    done = project.run(".venv/bin/python", "-m", "bluegreen.destroy_guard", STACK)
    assert done.returncode == 2
    assert "run `make deploy ENV=rehearsal`, and destroy then" in done.stderr
    elb = program.client("elbv2")
    (balancer,) = elb.describe_load_balancers()["LoadBalancers"]
    with pytest.raises(ClientError, match="cannot be deleted because deletion protection is enabled"):
        elb.delete_load_balancer(LoadBalancerArn=balancer["LoadBalancerArn"])


def the_protection_is_lifted_in_a_step_of_its_own(project: Project) -> None:
    change(project, "deletion_protection = true", "deletion_protection = false")
    done = project.plan(STACK, STACK)
    assert done.returncode == 1
    assert "enable_deletion_protection is switched off" in done.stdout
    (address,) = re.findall(r"NOT ALLOWED  (\S+)", done.stdout)
    assert project.plan(STACK, STACK, address).returncode == 0
    project.apply(STACK)


def then_the_environment_can_be_destroyed(project: Project) -> None:
    assert project.run(".venv/bin/python", "-m", "bluegreen.destroy_guard", STACK).returncode == 0
    done = project.terraform(STACK, "destroy", "-auto-approve", "-input=false", "-no-color")
    assert done.returncode == 0, done.stdout + done.stderr


def change(project: Project, old: str, new: str) -> None:
    file = project.folder / "environments/rehearsal.toml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
