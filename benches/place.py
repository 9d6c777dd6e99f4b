"""When and on what kind of machine figures were measured."""

from __future__ import annotations

import datetime
import os
import re
import subprocess
from pathlib import Path

from .api.programs import ROOT


def place() -> str:
    """Return the date, processors, kernel, compiler and other work, in one line."""
    today = datetime.datetime.now(datetime.UTC)
    rustc = subprocess.run(["rustc", "--version"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    system = f"Linux {'.'.join(os.uname().release.split('.')[:2])}"
    load = f"load average {os.getloadavg()[0]:.1f}: other work on the machine counts in"
    return f"{today:%d %B %Y}; {os.cpu_count()} cores, {_processor()}, {system}, rustc {rustc[1]}; {load}"


def _processor() -> str:
    found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else os.uname().machine
