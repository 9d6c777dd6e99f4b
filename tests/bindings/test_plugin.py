"""The pytest plugin turns every route of a check list into a test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Routes

CHECKS = [{"path": "/one"}, {"name": "second", "path": "/two"}]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "checks.json").write_text(json.dumps(CHECKS))
    (tmp_path / "test_other.py").write_text("def test_other():\n    pass\n")
    return tmp_path


def run(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Runs pytest with this plugin alone: loading all that is installed takes seconds."""
    environment = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    command = [sys.executable, "-m", "pytest", "-v", "-p", "route_check.plugin", *options]
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_pytest_finds_the_plugin_by_itself() -> None:
    (found,) = entry_points(group="pytest11", name="route_check")
    assert found.value == "route_check.plugin"


def test_every_route_is_a_test_beside_the_others(project: Path, routes: Routes) -> None:
    done = run(project, "--route-check-url", routes.url, "--route-check-list", "checks.json")
    assert done.returncode == 0, done.stdout
    assert "checks.json::GET /one PASSED" in done.stdout
    assert "checks.json::second PASSED" in done.stdout
    assert "test_other.py::test_other PASSED" in done.stdout


def test_a_list_outside_the_project_will_do(project: Path, routes: Routes) -> None:
    folder = project / "inner"
    folder.mkdir()
    done = run(folder, "--route-check-url", routes.url, "--route-check-list", "../checks.json")
    assert "2 passed" in done.stdout


def test_a_route_that_fails_gives_the_hook_s_reason_alone(project: Path, routes: Routes) -> None:
    routes.status["/two"] = 500
    options = ("--route-check-url", routes.url, "--route-check-list", "checks.json", "--route-check-budget", "0.2")
    done = run(project, *options)
    assert done.returncode == 1
    assert "1 failed, 2 passed" in done.stdout
    assert "second (/two): expected status 200, got status 500" in done.stdout
    assert "Traceback" not in done.stdout


def test_the_revision_is_proven_too(project: Path, routes: Routes) -> None:
    routes.task_definition = "rust-blue-green:3"
    options = ("--route-check-url", routes.url, "--route-check-list", "checks.json", "--route-check-budget", "0.2")
    done = run(project, *options, "--route-check-task-definition", "rust-blue-green:5")
    assert "answered by rust-blue-green:3, but rust-blue-green:5 is under deployment" in done.stdout


def test_routes_are_selected_like_other_tests(project: Path, routes: Routes) -> None:
    done = run(project, "--route-check-url", routes.url, "--route-check-list", "checks.json", "-k", "second")
    assert "1 passed, 2 deselected" in done.stdout


def test_without_options_nothing_changes(project: Path) -> None:
    assert "1 passed" in run(project).stdout


URL = ("--route-check-url", "http://127.0.0.1:1")
LIST = ("--route-check-list", "checks.json")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (LIST, "--route-check-list needs --route-check-url"),
        (URL, "--route-check-url needs a check list: --route-check-list FILE, or route_check_list in"),
        ((*URL, "--route-check-list", "no.json"), "no.json: No such file or directory"),
        ((*URL, "--route-check-list", "pytest.ini"), "--route-check-list: pytest.ini: no JSON"),
        ((*URL, "--route-check-list", "bad.json"), "bad.json: check 0 (/): statuss: unknown field"),
        ((*LIST, "--route-check-url", "alb:8080"), '--route-check-url: found "alb:8080"'),
        ((*LIST, *URL, "--route-check-budget", "0"), "--route-check-budget: found 0, allowed: seconds above 0"),
        ((*LIST, *URL, "--route-check-task-definition", ""), '--route-check-task-definition: found "", allowed'),
    ],
)
def test_bad_options_are_one_line_and_a_usage_error(project: Path, options: tuple[str, ...], message: str) -> None:
    (project / "bad.json").write_text('[{"path": "/", "statuss": 1}]')
    done = run(project, *options)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    (line,) = (done.stderr + done.stdout).strip().splitlines()
    assert message in line


def test_one_option_will_do_where_the_settings_name_the_list(project: Path, routes: Routes) -> None:
    (project / "pytest.ini").write_text("[pytest]\nroute_check_list = checks.json\n")
    (project / "inner").mkdir()
    assert "3 passed" in run(project, "--route-check-url", routes.url).stdout
    assert "2 passed" in run(project / "inner", "--route-check-url", routes.url).stdout
    assert "1 passed" in run(project).stdout, "without the option nothing is asked"


def test_a_route_is_run_alone_by_its_id(project: Path, routes: Routes) -> None:
    done = run(project, "--route-check-url", routes.url, *LIST, "checks.json::second")
    assert "checks.json::second PASSED" in done.stdout
    assert "1 passed" in done.stdout


def test_routes_named_alike_have_ids_of_their_own(project: Path, routes: Routes) -> None:
    (project / "checks.json").write_text(json.dumps([{"path": "/one"}, {"path": "/one", "status": 201}]))
    done = run(project, "--route-check-url", routes.url, *LIST, "--route-check-budget", "0.2")
    assert "checks.json::GET /one PASSED" in done.stdout
    assert "checks.json::GET /one #2 FAILED" in done.stdout


def test_the_workers_of_xdist_share_the_routes(project: Path, routes: Routes) -> None:
    done = run(project, "-p", "xdist", "-n", "2", "--route-check-url", routes.url, *LIST)
    assert "3 passed" in done.stdout, done.stdout
