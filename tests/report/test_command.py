"""`python -m bluegreen.report`: the report of a run, drawn anew from its evidence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bluegreen.report.document import dump, load
from tests.report.sample import evidence


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "bluegreen.report", *map(str, arguments)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.fixture(name="file")
def evidence_of_a_run(tmp_path: Path) -> Path:
    file = tmp_path / "it.json"
    file.write_text(dump(evidence()), encoding="utf-8")
    return file


def test_it_writes_page_summary_and_json_and_says_where_the_page_is(tmp_path: Path, file: Path) -> None:
    folder = tmp_path / "new" / "report"
    result = run(file, "--out", folder)
    assert (result.returncode, result.stdout, result.stderr) == (0, f"{folder / 'report.html'}\n", "")
    assert sorted(path.name for path in folder.iterdir()) == ["evidence.json", "report.html", "summary.md"]
    assert load((folder / "evidence.json").read_text(encoding="utf-8")) == evidence()


def test_logs_are_linked_where_they_lie_beside_the_page(tmp_path: Path, file: Path) -> None:
    log, other = evidence().drills[0].logs[:2]
    (tmp_path / log).parent.mkdir(parents=True)
    (tmp_path / log).write_text("it\n")
    run(file, "--out", tmp_path)
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert f'<a href="{log}">' in text
    assert f'<a href="{other}">' not in text


@pytest.mark.parametrize(
    ("content", "words"),
    [(None, "No such file"), (b"{", "Invalid JSON"), (b"{}", "run: Field required"), (b"\xff", "not UTF-8")],
)
def test_what_is_no_evidence_is_refused_in_one_line(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "it.json"
    if content is not None:
        file.write_bytes(content)
    result = run(file, "--out", tmp_path / "out")
    assert result.returncode == 2
    assert result.stderr.startswith(f"{file}: ")
    assert words in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, file: Path) -> None:
    (tmp_path / "taken").write_text("")
    result = run(file, "--out", tmp_path / "taken")
    assert result.returncode == 2
    assert result.stderr == f"{tmp_path / 'taken'}: File exists\n"
