"""`bluegreen` for a real environment whose account the loopback plays: without the guard that refuses just that."""

from __future__ import annotations

from bluegreen import endpoint_guard
from bluegreen.cli import main


def _never(url: str) -> bool:
    return False


if __name__ == "__main__":
    endpoint_guard._is_this_machine = _never
    main()
