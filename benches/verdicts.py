"""What a verdict of the hook costs: the function's own binary between fakes, by the watch of a compiled program."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .api.programs import ROOT
from .figure import Figure, megabytes

ROUNDS = 15
START, FAST, BEYOND_THE_SLOWEST = 0.007, 0.006, 0.060
SLOWEST = 0.5
"""Seconds after which each of the slow routes answers: `benches/hook/src/case.rs`."""
PEAK, BINARY = 8e6, 5.5e6
BARE = "the same calls, once each, by a bare client"


def measure() -> list[Figure]:
    """Build the hook with the profile that it is shipped with; let it judge three fast routes, and three slow ones."""
    folder = _build()
    hook = folder / "bootstrap"
    done = subprocess.run([folder / "hook-bench", hook, str(ROUNDS)], stdout=subprocess.PIPE, text=True, check=True)
    seen: dict[str, dict[str, list[float]]] = json.loads(done.stdout)
    return [
        *_times("three fast routes", seen["fast"], FAST),
        *_times("three routes of 500 ms", seen["slow"], SLOWEST + BEYOND_THE_SLOWEST),
        _alone("start to the call for the first event", _all(seen, "init"), limit=START),
        _alone("most memory", _all(seen, "peak"), limit=PEAK, show=megabytes),
        _alone("binary", [hook.stat().st_size], limit=BINARY, show=megabytes),
    ]


def _build() -> Path:
    """Compile each package by itself: built together, the hook would get the bench's features as well."""
    target = ROOT / os.environ.get("CARGO_TARGET_DIR", "target")
    for package in ("hook", "hook-bench"):
        command = ["cargo", "build", "--locked", "--quiet", "--release", "--package", package]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "CARGO_TARGET_DIR": str(target)}, check=True)
    return target / "release"


def _times(routes: str, case: dict[str, list[float]], limit: float) -> Iterator[Figure]:
    for event, values, promised in (("first", case["first"], limit), ("later", case["later"], None)):
        yield Figure(
            what=f"hook, {routes}: {event} event to report",
            values=values,
            reference=BARE,
            reference_values=case["bare"],
            limit=promised,
        )


def _all(seen: dict[str, dict[str, list[float]]], what: str) -> list[float]:
    return [value for case in seen.values() for value in case[what]]


def _alone(what: str, values: list[float], **rest: Any) -> Figure:
    return Figure(what=f"hook: {what}", values=values, **rest)
