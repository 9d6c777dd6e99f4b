"""`python -m benches`: every benchmark, in one table; exit code 1 when a figure breaks its promise.

With names (`hook`, `bindings`, `command`, `api`, `synthesis`, `loopback`) those rooms alone. `--markdown` prints the
table as it stands in docs/performance.md.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from rich.console import Console

from . import bindings, command, lifecycle, proxy, start, verdicts
from .api import figures as api
from .figure import Figure, markdown, table
from .place import place
from .synthesis import figures as synthesis

ROOMS: dict[str, Callable[[], list[Figure]]] = {
    "hook": verdicts.measure,
    "bindings": bindings.measure,
    "command": command.measure,
    "api": api.measure,
    "synthesis": synthesis.measure,
    "loopback": lambda: [start.measure(), lifecycle.measure(), *proxy.measure()],
}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benches", description=__doc__)
    parser.add_argument("rooms", nargs="*", help=f"any of {', '.join(ROOMS)}; all when none is named")
    parser.add_argument("--markdown", action="store_true", help="print the table for docs/performance.md")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.rooms) - set(ROOMS):
        parser.error(f"found {', '.join(sorted(unknown))}, allowed: {', '.join(ROOMS)}")
    figures = [figure for room in chosen.rooms or ROOMS for figure in ROOMS[room]()]
    if chosen.markdown:
        print(markdown(figures))
    else:
        Console(width=None if sys.stdout.isatty() else 200).print(table(figures))
    print(place())
    return 0 if all(one.kept for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
