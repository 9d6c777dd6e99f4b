"""`bluegreen rehearse --drill`: what it refuses, before anything is started."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def run(*words: str, folder: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bluegreen", "rehearse", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_an_unknown_drill_is_refused_in_one_line_with_those_there_are():
    result = run("--drill", "all-at-once", "--drill", "nothing")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("bluegreen rehearse: there is no drill nothing; there are all-at-once, canary,")
    assert result.stderr.count("\n") == 1


def test_a_folder_without_the_project_is_named(tmp_path: Path):
    result = run("--drill", "all-at-once", folder=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert "has no main.py: run it in the project's folder" in result.stderr


def test_a_set_up_without_a_drill_is_refused():
    result = run("--variant", "article")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "bluegreen rehearse: --variant article is for drills: name one with --drill, or all\n"


def test_a_file_in_the_place_of_the_folder_is_refused_before_anything_is_played(tmp_path: Path):
    (taken := tmp_path / "taken").touch()
    result = run("--drill", "all-at-once", "--out", str(taken))
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(f"bluegreen: Invalid value for '--out': dir '{taken}' is a file.")
