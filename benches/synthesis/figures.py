"""The wall time of `python main.py`, beside the plain import of the bindings and beside a TypeScript program."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benches.figure import Figure
from bluegreen.infra import hook_archive
from bluegreen.infra.provider_import import PACKAGE
from bluegreen.infra.synth import SELECTION

from . import applied, reference
from .reference import ROOT

ROUNDS = 5
ONE, TWO = "sample", "sample,rehearsal"
"""Two of one size: what the second adds is what a second costs."""
PLAIN, TYPESCRIPT, TWICE = 1 / 8, 3.0, 1.4
"""What the ratios are promised not to pass."""

OURS = [sys.executable, "main.py"]
PLAINLY = [sys.executable, "-c", f"import {PACKAGE}, runpy; runpy.run_path('main.py', run_name='__main__')"]


def measure() -> list[Figure]:
    """Let all programs take turns, after each has run once."""
    with tempfile.TemporaryDirectory(prefix="bluegreen-synthesis-") as temporary:
        return [*_synthesis(Path(temporary)), *applied.measure()]


def _synthesis(folder: Path) -> list[Figure]:
    environ = _environ(folder)
    _seconds(OURS, environ, ONE, folder / "ours")
    node = reference.build(folder / "ours")
    _seconds(node, environ, ONE, folder / "theirs")
    print(f"TypeScript reference: {reference.compare(folder / 'ours', folder / 'theirs')}", flush=True)
    runs = {"ours": (OURS, ONE), "node": (node, ONE), "two": (OURS, TWO), "plain": (PLAINLY, ONE)}
    for name, (command, selection) in runs.items():
        _seconds(command, environ, selection, folder / name)
    seen: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(ROUNDS):
        # Forwards and backwards, so that nobody always follows the longest.
        for name in list(runs) if number % 2 == 0 else reversed(runs):
            command, selection = runs[name]
            seen[name].append(_seconds(command, environ, selection, folder / name))
    return _figures(seen)


def _figures(seen: Mapping[str, Sequence[float]]) -> list[Figure]:
    def beside(what: str, name: str, reference: str, other: str, most_ratio: float) -> Figure:
        values, others = seen[name], seen[other]
        return Figure(what=what, values=values, reference=reference, reference_values=others, most_ratio=most_ratio)

    one, two = f"synthesis of {ONE}", f"synthesis of {TWO}"
    return [
        beside(one, "ours", "with the bindings imported plainly", "plain", PLAIN),
        beside(one, "ours", "TypeScript, same resources: node main.js", "node", TYPESCRIPT),
        beside(two, "two", one, "ours", TWICE),
    ]


def _environ(folder: Path) -> dict[str, str]:
    """Return the variables of all programs; the zip stands for the hook's, whose size is no matter of synthesis."""
    binary, archive = folder / "bootstrap", folder / "bootstrap.zip"
    binary.write_bytes(b"a program")
    hook_archive.write(binary, archive)
    given = {
        name: value for name, value in os.environ.items() if name not in ("NODE_OPTIONS", "PYTHONDONTWRITEBYTECODE")
    }
    return {**given, hook_archive.OVERRIDE: str(archive)}


def _seconds(command: Sequence[str], environ: Mapping[str, str], selection: str, out: Path) -> float:
    given = {**environ, SELECTION: selection, "CDKTF_OUTDIR": str(out)}
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=given, text=True, capture_output=True, check=False)
    seconds = time.monotonic() - started
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr[-2000:]}")
    return seconds
