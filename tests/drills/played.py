"""Drills played by the command, as a user does, and what they left."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bluegreen.report.document import load
from bluegreen.report.drill import Drill
from tests.rehearsal import footprint

PROJECT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Played:
    """A run that ended: its output, the drills by name, the folder of the report, what was left on the machine."""

    code: int
    said: str
    drills: dict[str, Drill]
    folder: Path
    left: list[Path]
    is_clean: bool


def play(folder: Path, *names: str, places: int, limit: float) -> Played:
    """Play drills, `limit` seconds at most, and read their evidence."""
    words = [word for name in names for word in ("--drill", name)]
    command = [sys.executable, "-m", "bluegreen", "rehearse", *words, "--places", str(places), "--out", str(folder)]
    before = footprint.take()
    with tempfile.TemporaryDirectory(prefix="bg-") as scratch:
        environment = {**os.environ, "TMPDIR": scratch}
        result = subprocess.run(
            command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=limit, check=False
        )
        left = list(Path(scratch).iterdir())
    said = result.stdout + result.stderr
    file = folder / "evidence.json"
    assert file.is_file(), said
    evidence = load(file.read_text(encoding="utf-8"))
    clean = footprint.settled(before) == before
    return Played(result.returncode, said, {one.name: one for one in evidence.drills}, folder, left, clean)
