"""`python -m bluegreen.terraform_state VERB …`: what the Makefile calls, each failure in one line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bluegreen.settings import SettingsError

from .bootstrap import bootstrap
from .guard import check
from .lock import explain, in_the_way
from .state import StateError
from .terraform import run
from .unlock import unlock

USAGE = "usage: python -m bluegreen.terraform_state bootstrap | guard STACK | unlock STACK [ID] | run STACK COMMAND…"


def main(arguments: list[str], project: Path) -> int:
    """Carry out a verb in the project's folder; return the exit code."""
    match arguments:
        case ["bootstrap"]:
            bootstrap(project)
        case ["guard", stack]:
            check(stack, project)
        case ["unlock", stack, *ids] if len(ids) <= 1:
            print(unlock(stack, "".join(ids), project))
        case ["run", stack, *command] if command:
            return _run(stack, command)
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0


def _run(stack: str, command: list[str]) -> int:
    code, said = run(command, environ=os.environ)
    lock = in_the_way(said) if code else None
    if lock:
        print(explain(lock, stack=stack), file=sys.stderr)
    return code


def guarded(arguments: list[str]) -> int:
    """Do what `main` does; a failure is one line."""
    try:
        return main(arguments, Path.cwd())
    except (StateError, SettingsError) as error:
        print(error, file=sys.stderr)
    except Exception as error:
        # botocore is imported only where AWS is asked
        if not type(error).__module__.startswith("botocore."):
            raise
        print(f"AWS: {' '.join(str(error).split())}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(guarded(sys.argv[1:]))
