"""How long `bluegreen --help` takes, and that of the verb with the most options, beside what typer alone takes."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence

from .figure import Figure

ROUNDS = 15
LIMIT, MOST_RATIO = 0.3, 1.6
COMMAND = (sys.executable, "-m", "bluegreen")
TYPER = (sys.executable, "-c", "import typer")


def measure() -> list[Figure]:
    """Start all three in turn, so that other work on the machine slows all."""
    commands = {"bluegreen": (*COMMAND, "--help"), "bluegreen deploy": (*COMMAND, "deploy", "--help")}
    values: dict[str, list[float]] = {name: [] for name in (*commands, "typer")}
    for command in (*commands.values(), TYPER):
        _seconds(command)  # the first start writes bytecode and fills the disk cache
    for _ in range(ROUNDS):
        for name, command in (*commands.items(), ("typer", TYPER)):
            values[name].append(_seconds(command))
    return [
        Figure(
            what=f"command: {name} --help",
            values=values[name],
            reference="python -c 'import typer'",
            reference_values=values["typer"],
            limit=LIMIT,
            most_ratio=MOST_RATIO,
        )
        for name in commands
    ]


def _seconds(command: Sequence[str]) -> float:
    started = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - started
