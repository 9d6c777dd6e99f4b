"""The workflow that reviews plans in pull requests: what it may do, and what it does with what others wrote."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bluegreen.review.markdown import markdown
from bluegreen.review.summary import Review
from tests.review.plans import plan

PROJECT = Path(__file__).parents[2]
FILE = PROJECT / ".github" / "workflows" / "plan.yml"
WORKFLOW: dict[Any, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
JOBS: dict[str, Any] = WORKFLOW["jobs"]
STEPS = [(name, step) for name, job in JOBS.items() for step in job["steps"]]
PROGRAMS = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command",
    [
        ["check-jsonschema", "--builtin-schema", "vendor.github-workflows", str(FILE)],
        ["zizmor", "--quiet", "--offline", str(FILE)],
    ],
    ids=lambda command: command[0],
)
def test_the_tools_that_judge_workflows_find_nothing(command: list[str]) -> None:
    done = subprocess.run([PROGRAMS / command[0], *command[1:]], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_would_find_text_of_others_in_a_shell(tmp_path: Path) -> None:
    file = tmp_path / ".github" / "workflows" / "plan.yml"
    file.parent.mkdir(parents=True)
    file.write_text(FILE.read_text().replace("run: make setup", 'run: echo "${{ github.event.pull_request.title }}"'))
    done = subprocess.run(
        [PROGRAMS / "zizmor", "--quiet", "--offline", file], capture_output=True, text=True, check=False
    )
    assert "template-injection" in done.stdout


def test_it_runs_for_pull_requests_as_they_are_and_never_with_the_rights_of_the_main_branch() -> None:
    assert set(WORKFLOW[True]) == {"pull_request"}  # YAML reads the key `on` as a truth value


def test_what_runs_the_pull_requests_code_cannot_write_and_what_writes_runs_none_of_it() -> None:
    assert WORKFLOW["permissions"] == {}
    assert JOBS["plan"]["permissions"] == {"contents": "read", "id-token": "write", "pull-requests": "read"}
    assert JOBS["comment"]["permissions"] == {"pull-requests": "write"}
    assert not any("checkout" in step.get("uses", "") for step in JOBS["comment"]["steps"])


def test_the_checkout_leaves_no_token_behind() -> None:
    (checkout,) = [step for _, step in STEPS if step.get("uses", "").startswith("actions/checkout@")]
    assert checkout["with"]["persist-credentials"] is False


def test_a_fork_and_a_repository_without_the_variables_plan_nothing() -> None:
    condition = JOBS["plan"]["if"]
    assert "github.event.pull_request.head.repo.full_name == github.repository" in condition
    assert "vars.PLAN_ENVIRONMENTS != ''" in condition


@pytest.mark.parametrize(("job", "step"), STEPS)
def test_no_expression_stands_in_a_shell(job: str, step: dict[str, Any]) -> None:
    assert "${{" not in step.get("run", "")


@pytest.mark.parametrize("action", [step["uses"] for _, step in STEPS if "uses" in step])
def test_every_action_is_pinned_by_its_commit(action: str) -> None:
    assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action)


def test_nothing_is_installed_or_built_while_credentials_are_there() -> None:
    steps = [step.get("uses", "").split("@")[0] or step["run"] for step in JOBS["plan"]["steps"]]
    credentials = steps.index("aws-actions/configure-aws-credentials")
    assert [step for step in steps[credentials:] if "make" in step] == []
    assert "make setup" in steps[:credentials]


def test_the_standard_library_of_the_functions_architecture_is_there_before_the_hook_is_built() -> None:
    (build,) = [step["run"] for step in JOBS["plan"]["steps"] if "make hook" in step.get("run", "")]
    before, _, _ = build.partition("make hook")
    assert "rustup target add" in before
    for architecture, target in (("arm64", "aarch64-unknown-linux-gnu"), ("x86_64", "x86_64-unknown-linux-gnu")):
        script = f'rustup() {{ echo "$3"; }}; architecture={architecture}; {before[before.index("rustup") :]}'
        added = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.strip()
        assert added == target
        assert f"target={target} ;;" in (PROJECT / "scripts" / "cross-hook").read_text()


def test_only_the_summary_leaves_the_machine() -> None:
    (upload,) = [step for _, step in STEPS if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert upload["with"]["path"].endswith("/summary.md")


def test_terraform_is_the_one_that_ci_tests_with() -> None:
    ci = (PROJECT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    (version,) = re.findall(r"terraform_version: (\S+)", ci)
    assert f"terraform_version: {version}\n" in FILE.read_text(encoding="utf-8")


GH = """#!/bin/sh
# Stands for GitHub: an old comment for those that OLD names, and a note of every call.
echo "$*" >>"$CALLS"
case "$*" in *--jq*) case "$OLD" in *"$MARKER"*) echo 77 ;; esac ;; esac
"""


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    """A folder as the comment's job finds it: the summary of one environment of two."""
    summary = tmp_path / "plans" / "plan-sample" / "summary.md"
    summary.parent.mkdir(parents=True)
    summary.write_text(markdown(Review(title="sample", plan=plan(), findings=())))
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "gh").write_text(GH)
    (tmp_path / "bin" / "gh").chmod(0o755)
    return tmp_path


def comment(runner: Path, old: str = "") -> list[str]:
    """Run the step as GitHub does; return the calls that write."""
    script = JOBS["comment"]["steps"][-1]["run"]
    environ = {
        "PATH": f"{runner / 'bin'}:{os.environ['PATH']}",
        "CALLS": str(runner / "calls"),
        "OLD": old,
        "GITHUB_REPOSITORY": "acme/shop",
        "NUMBER": "7",
        "RUN": "https://github.example/run",
        "ENVIRONMENTS": json.dumps(["sample", "production"]),
    }
    subprocess.run(["bash", "-e", "-c", script], cwd=runner, env=environ, check=True)
    return [line for line in (runner / "calls").read_text().splitlines() if "--field" in line]


def test_each_environment_gets_a_comment_of_its_own(runner: Path) -> None:
    assert comment(runner) == [
        f"api --silent repos/acme/shop/issues/7/comments --field body=@plans/plan-{name}/summary.md"
        for name in ("sample", "production")
    ]


def test_a_comment_that_is_there_is_updated(runner: Path) -> None:
    first, second = comment(runner, old="<!-- plan of sample -->")
    assert first.startswith("api --silent --method PATCH repos/acme/shop/issues/comments/77 ")
    assert second.startswith("api --silent repos/acme/shop/issues/7/comments ")


def test_a_plan_that_could_not_be_made_is_told_instead_of_an_old_one(runner: Path) -> None:
    comment(runner)
    told = (runner / "plans/plan-production/summary.md").read_text()
    assert told.startswith("<!-- plan of production -->\n")
    assert "No plan was made: https://github.example/run says why." in told


def test_a_comment_is_found_by_the_line_that_a_review_begins_with(runner: Path) -> None:
    assert (runner / "plans/plan-sample/summary.md").read_text().startswith("<!-- plan of sample -->\n")
