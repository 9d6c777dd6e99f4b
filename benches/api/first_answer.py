"""How long the programs take from their start to their first 200."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from .load import PATH
from .programs import Programs
from .server import free_address

ROUNDS = 101


def first_answers(programs: Programs, servers: Sequence[Path]) -> dict[Path, list[float]]:
    """Start the servers in turn, outside ECS; a compiled program holds the watch. In seconds."""
    taken: dict[Path, list[float]] = {server: [] for server in servers}
    for number in range(ROUNDS):
        for server in servers if number % 2 == 0 else reversed(servers):
            command = [str(programs.first_answer), free_address(), PATH, str(server)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            taken[server].append(int(done.stdout) / 1e6)
    return taken
