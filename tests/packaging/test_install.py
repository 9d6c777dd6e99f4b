"""The wheel, and the release tool as docs/ci.md installs it: without CDKTF, Terraform, Node.js and Rust."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bluegreen import cli

PROJECT = Path(__file__).parents[2]
UV = Path(sys.executable).with_name("uv")
PAGE = (PROJECT / "docs/ci.md").read_text(encoding="utf-8")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the tool is installed from: building leaves folders behind."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(PROJECT / "bluegreen", folder / "bluegreen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "requirements", folder / "requirements")
    shutil.copy(PROJECT / "pyproject.toml", folder)
    return folder


@pytest.fixture(scope="module")
def installed(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the environment that the lines of the docs make."""
    (block,) = re.findall(
        r"^```sh\n(.*?)^```", PAGE.split("## Install just the release tool")[1], re.DOTALL | re.MULTILINE
    )
    programs = tmp_path_factory.mktemp("programs")
    (programs / "python3").symlink_to(Path(sys.base_prefix) / "bin/python3")
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-euc", block],
        cwd=checkout,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Usage: bluegreen " in done.stdout
    return checkout / "release"


def run(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command in a folder without anything of the project."""
    command = [installed / "bin/bluegreen", *words]
    return subprocess.run(command, cwd=installed / "bin", capture_output=True, text=True, check=False)


def test_the_wheel_has_every_module_and_every_file_that_they_read(checkout: Path, tmp_path: Path) -> None:
    build = [UV, "build", "--quiet", "--wheel", "--offline", "--no-build-isolation", "--python", sys.executable]
    subprocess.run([*build, "--out-dir", tmp_path], cwd=checkout, check=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    files = {str(one.relative_to(PROJECT)) for one in (PROJECT / "bluegreen").rglob("*") if one.is_file()}
    assert names == {name for name in files if "__pycache__" not in name}


def test_what_is_installed_is_what_a_release_needs_and_no_more(installed: Path) -> None:
    (packages,) = (installed / "lib").glob("python3*/site-packages")
    named = {re.sub(r"[-_.]+", "-", one.name.partition("-")[0]).lower() for one in packages.glob("*.dist-info")}
    pinned = re.findall(r"^([\w-]+)==", (PROJECT / "requirements/release.txt").read_text(), re.MULTILINE)
    assert named - {"bluegreen", "pip", "colorama"} == set(pinned) - {"colorama"}
    assert not {"cdktf", "cdktf-cdktf-provider-aws", "moto", "jsii", "aiohttp", "route-check"} & named


def test_what_is_pinned_for_it_is_what_the_package_asks_for() -> None:
    asked = re.findall(r"^dependencies = \[(.*)\]", (PROJECT / "pyproject.toml").read_text(), re.MULTILINE)[0]
    wanted = {name.strip(' "') for name in asked.split(",")}
    listed = {
        line.split()[0] for line in (PROJECT / "requirements/release.in").read_text().splitlines() if line[:1].isalpha()
    }
    assert listed == wanted | {"setuptools"}


@pytest.mark.parametrize("name", cli.VERBS)
def test_every_verb_tells_of_itself_without_the_packages_of_an_extra(installed: Path, name: str) -> None:
    done = run(installed, name, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"bluegreen {name}" in done.stdout


@pytest.mark.parametrize("name", [name for name, verb in cli.VERBS.items() if verb.extra])
def test_a_verb_of_an_extra_names_it_in_one_line(installed: Path, name: str) -> None:
    done = run(installed, name)
    (line,) = done.stderr.splitlines()
    assert f"install bluegreen[{cli.VERBS[name].extra}] instead of bluegreen" in line
    assert done.returncode == 2


def test_a_release_verb_looks_for_an_environment_and_says_that_there_is_none(installed: Path) -> None:
    done = run(installed, "status")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "which environment?" in done.stderr
