"""`python -m bluegreen.settings NAME KEY` prints one setting, for scripts: `… sample network.cidr`."""

from __future__ import annotations

import functools
import sys

from .errors import SettingsError
from .loading import load


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: python -m bluegreen.settings NAME KEY", file=sys.stderr)
        return 2
    name, key = arguments
    try:
        print(functools.reduce(getattr, key.split("."), load(name)))
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 1
    except AttributeError:
        print(f"{key}: no such setting; docs/settings.md lists them", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
