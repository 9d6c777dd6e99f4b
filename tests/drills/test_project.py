"""The project that drills are played in."""

from __future__ import annotations

from pathlib import Path

from bluegreen.drills import project


def test_it_is_written_twice_also_where_nothing_was_built_yet(tmp_path: Path):
    root, folder = tmp_path / "root", tmp_path / "out" / "project"
    (root / "environments").mkdir(parents=True)
    (root / "environments" / "sample.toml").touch()
    folder.mkdir(parents=True)
    for _ in range(2):
        project.write(folder, root)
        (folder / ".build" / "warm").mkdir(parents=True, exist_ok=True)
    assert {one.name for one in (folder / "environments").iterdir()} >= {"sample.toml", "drills.toml", "article.toml"}
    assert (root / ".build" / "warm").is_dir()
