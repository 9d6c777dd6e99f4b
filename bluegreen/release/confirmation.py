"""Asks before something is done that users of the service would notice."""

from __future__ import annotations

import sys

from .errors import ReleaseError

AGREED = ("y", "yes")


def confirm(question: str, *, yes: bool) -> None:
    """Ask on the terminal, unless the answer was given with the command.

    Raises:
        ReleaseError: the answer is no, or nobody can be asked.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise ReleaseError("nothing was done: nobody can be asked here, and --yes was not given")
    # Click's own question writes to standard output, where `--json` has the word.
    print(f"{question} [y/N] ", end="", file=sys.stderr, flush=True)
    try:
        answer = sys.stdin.readline()
    except KeyboardInterrupt:
        answer = ""
    if answer.strip().lower() not in AGREED:
        raise ReleaseError("nothing was done")
