"""The wheel that maturin builds is all that another project needs: one for every Python from 3.11 on."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Routes

PROJECT = Path(__file__).parents[2]
TOOLS = Path(sys.executable).parent
pytestmark = pytest.mark.timeout(900)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [TOOLS / "maturin", "build", "--quiet", "--release", "--locked", "--interpreter", sys.executable]
    subprocess.run([*command, "--out", folder], cwd=PROJECT / "python_bindings", check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_one_wheel_is_for_every_python_from_3_11_on(wheel: Path) -> None:
    assert re.fullmatch(r"route_check-[\d.]+-cp311-abi3-(many)?linux\w+\.whl", wheel.name)


def test_it_has_the_stub_the_marker_and_the_plugin_and_nothing_that_python_leaves_behind(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (entry_points,) = (name for name in names if name.endswith("entry_points.txt"))
        assert "route_check=route_check.plugin" in archive.read(entry_points).decode()
    assert {"route_check/_native.pyi", "route_check/py.typed", "route_check/plugin.py"} <= names
    assert [name for name in names if name.endswith(".so")] == ["route_check/_native.abi3.so"]
    assert not [name for name in names if "__pycache__" in name]


def test_a_project_that_has_only_the_wheel_and_pytest_checks_with_one_option(
    wheel: Path, tmp_path: Path, routes: Routes
) -> None:
    python = tmp_path / "venv/bin/python"
    subprocess.run(
        [TOOLS / "uv", "venv", "--quiet", "--offline", "--python", sys.executable, tmp_path / "venv"], check=True
    )
    install = [TOOLS / "uv", "pip", "install", "--quiet", "--offline", "--no-deps", "--python", python, wheel]
    subprocess.run(install, check=True)
    (tmp_path / "pytest.ini").write_text("[pytest]\nroute_check_list = checks.json\n")
    (tmp_path / "checks.json").write_text(json.dumps([{"path": "/one"}]))
    # pytest itself is pure Python: the one of this environment will do, and a path alone finds no editable package.
    search = os.pathsep.join(path for path in sys.path if path.endswith("site-packages"))
    (tmp_path / "test_source.py").write_text(
        "import route_check\ndef test(): assert '/venv/' in route_check.__file__\n"
    )
    done = subprocess.run(
        [python, "-m", "pytest", "-v", "-p", "route_check.plugin", "--route-check-url", routes.url],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": search, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "checks.json::GET /one PASSED" in done.stdout, done.stdout + done.stderr
    assert "2 passed" in done.stdout, done.stdout
