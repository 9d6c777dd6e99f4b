import subprocess
from pathlib import Path

import pytest

from bluegreen.release import source
from bluegreen.release.errors import ReleaseError


def git(*words: str) -> str:
    identity = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.com"]
    return subprocess.run(["git", *identity, *words], check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    git("init", "--quiet")
    (tmp_path / "main.rs").write_text("fn main() {}")
    git("add", "main.rs")
    git("commit", "--quiet", "--message", "Begin")
    return tmp_path


def test_a_clean_tree_is_its_short_revision(checkout: Path) -> None:
    assert source.git_revision(allow_dirty=False) == git("rev-parse", "HEAD")[:7]


def test_a_dirty_tree_is_refused_with_the_file_that_makes_it_so(checkout: Path) -> None:
    (checkout / "main.rs").write_text("changed")
    with pytest.raises(ReleaseError, match=r"1 changed file\(s\) are not in git \(main.rs …\).*--allow-dirty"):
        source.git_revision(allow_dirty=False)


def test_a_dirty_tree_that_is_allowed_is_marked(checkout: Path) -> None:
    (checkout / "main.rs").write_text("changed")
    assert source.git_revision(allow_dirty=True).endswith("-dirty")


def test_no_checkout_is_one_line_with_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(ReleaseError, match=r"not a git repository.*--tag"):
        source.git_revision(allow_dirty=False)
