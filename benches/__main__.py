"""`python -m benches`: every benchmark, in one table; exit code 1 when a figure breaks its promise."""

from __future__ import annotations

import os
import sys

from rich.console import Console

from . import bindings, lifecycle, proxy, start
from .api import figures as api
from .figure import table


def main() -> int:
    console = Console(width=None if sys.stdout.isatty() else 200)
    figures = [start.measure(), lifecycle.measure(), *proxy.measure(), *api.measure(), *bindings.measure()]
    console.print(table(figures))
    console.print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}: other work on the machine counts in")
    return 0 if all(one.kept for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
