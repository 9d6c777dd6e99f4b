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
from bluegreen.report.evidence import Evidence
from tests.rehearsal import footprint

PROJECT = Path(__file__).parents[2]
LIMIT = 2400.0
"""Seconds for every drill in both set-ups: twice what they take on two cores."""


@dataclass(frozen=True)
class Played:
    """A run that ended: its output, its drills, the folder of the report, what was left on the machine."""

    code: int
    said: str
    evidence: Evidence
    folder: Path
    left: list[Path]
    is_clean: bool

    @property
    def drills(self) -> dict[str, Drill]:
        """The drills in our own set-up, by name."""
        return {one.name: one for one in self.evidence.drills if one.variant == "bluegreen"}

    def of(self, name: str, variant: str) -> Drill:
        """Return a drill as it was played in a set-up."""
        (found,) = [one for one in self.evidence.drills if (one.name, one.variant) == (name, variant)]
        return found


def play(folder: Path, *names: str, places: int, limit: float, variant: str = "bluegreen") -> Played:
    """Play drills, `limit` seconds at most, and read their evidence."""
    words = [word for name in names for word in ("--drill", name)]
    words += ["--variant", variant, "--places", str(places), "--out", str(folder)]
    command = [sys.executable, "-m", "bluegreen", "rehearse", *words]
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
    return Played(result.returncode, said, evidence, folder, left, clean)
