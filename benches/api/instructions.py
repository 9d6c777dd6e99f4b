"""User instructions of one request, which no other work on the machine disturbs."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

from .load import ask
from .programs import Programs
from .server import serving

FEW, MANY = 800, 2400
CONNECTIONS = 16


def per_request(programs: Programs, program: Path) -> float | None:
    """Return what two runs of different length differ by for each request; None where Valgrind is not installed."""
    if not shutil.which("valgrind"):
        return None
    return (_counted(programs, program, MANY) - _counted(programs, program, FEW)) / (MANY - FEW)


def _counted(programs: Programs, program: Path, requests: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", f"--log-file={log}"]
        with serving(program, under=valgrind) as server:
            ask(programs, server, requests, CONNECTIONS)
            server.process.terminate()
            server.process.wait()
        found = re.search(r"Collected : (\d+)", log.read_text())
    if not found:
        raise RuntimeError("Valgrind counted nothing")
    return int(found[1])
