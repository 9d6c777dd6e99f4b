"""`python -m bluegreen.report EVIDENCE.json --out FOLDER` draws the report of a run anew."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from .document import EvidenceError, load
from .writing import write


def main(arguments: list[str]) -> int:
    """Return 0, or 2 where the evidence cannot be read or the report not be written."""
    parser = argparse.ArgumentParser(prog="python -m bluegreen.report", description="Draw the report of a run anew.")
    parser.add_argument("evidence", type=Path, help="the run's evidence.json")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the report is written")
    options = parser.parse_args(arguments)
    try:
        paths = write(load(options.evidence.read_text(encoding="utf-8")), options.out)
    except EvidenceError as error:
        print(f"{options.evidence}: {error}", file=sys.stderr)
        return 2
    except UnicodeDecodeError:
        print(f"{options.evidence}: this is no JSON: it is not UTF-8", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 2
    print(paths.html)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
