"""`python -m benches.api`: the API's figures alone."""

from __future__ import annotations

import sys

from rich.console import Console

from benches.figure import table

from .figures import measure


def main() -> int:
    figures = measure()
    Console(width=None if sys.stdout.isatty() else 200).print(table(figures))
    return 0 if all(one.kept for one in figures) else 1


if __name__ == "__main__":
    sys.exit(main())
