"""A strict type checker takes what users may write with the module, and refuses what they may not."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
import route_check

USER_CODE = Path(__file__).parent / "types" / "user_code.py"
PYREFLY = Path(sys.executable).with_name("pyrefly")
MISUSES = {
    "check_routes(url, CHECKS, 5)": "bad-argument-type",
    'check_routes(url, CHECKS, budget="10")': "bad-argument-type",
    "check_routes(url, [1])": "bad-argument-type",
    "check_routes(url)": "missing-argument",
    "check_routes(url, CHECKS, timeout=3)": "unexpected-keyword",
    "validate(CHECKS).passed": "missing-attribute",
    "check_routes(url, CHECKS).failed": "missing-attribute",
    "check_routes_async(url, CHECKS).passed": "missing-attribute",
    "check_routes(url, CHECKS).passed = True": "read-only",
}


def type_check(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    (folder / "pyrefly.toml").write_text(f'preset = "strict"\npython-interpreter-path = "{sys.executable}"\n')
    (folder / "user.py").write_text(code)
    command = [PYREFLY, "check", "-c", "pyrefly.toml", "--summary=none", "user.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)


def test_user_code_with_every_public_name_is_well_typed(tmp_path: Path) -> None:
    code = USER_CODE.read_text()
    imports = [node for node in ast.parse(code).body if isinstance(node, ast.ImportFrom)]
    used = [alias.name for node in imports if node.module == "route_check" for alias in node.names]
    assert sorted(used) == sorted(route_check.__all__)
    checked = type_check(tmp_path, code)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(("misuse", "complaint"), MISUSES.items())
def test_misuse_is_refused(tmp_path: Path, misuse: str, complaint: str) -> None:
    code = f"{USER_CODE.read_text()}\n\ndef misuse(url: str) -> None:\n    {misuse}\n"
    checked = type_check(tmp_path, code)
    assert checked.returncode == 1
    assert f"[{complaint}]" in checked.stdout, checked.stdout


@pytest.mark.parametrize("name", route_check.__all__)
def test_what_is_public_says_what_it_does_to_help_as_well(name: str) -> None:
    assert inspect.getdoc(getattr(route_check, name))


def test_the_package_says_that_it_is_typed() -> None:
    assert (Path(route_check.__file__).parent / "py.typed").exists()
