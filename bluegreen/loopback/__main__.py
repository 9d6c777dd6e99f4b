"""`python -m bluegreen.loopback`: serve until SIGTERM, Ctrl-C or the end of whoever started this."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path

UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0}
LOOK = 0.2


def main() -> None:
    """Print one JSON line with the endpoint when ready, then serve."""
    parent = os.getppid()
    options = _options()
    from .server import Loopback  # noqa: PLC0415 - moto takes a second to load, a wrong option need not wait

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with Loopback(port=options.port, minute=options.minute, folder=options.folder) as loopback:
        print(json.dumps({"endpoint": loopback.endpoint, "pid": os.getpid()}), flush=True)
        # Not PR_SET_PDEATHSIG: it follows the parent's thread, and a thread pool may have started this.
        while not stop.wait(LOOK) and os.getppid() == parent:
            pass
    # Everything is closed; the interpreter would still spend seconds on freeing moto's objects one by one.
    sys.stdout.flush()
    os._exit(0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bluegreen.loopback", description="AWS on 127.0.0.1")
    parser.add_argument("--port", type=int, default=0, help="port of the API; 0 (the default) takes a free one")
    parser.add_argument("--minute", type=_seconds, default=60.0, help="what an AWS minute takes here: 2s, 500ms, 1m")
    parser.add_argument("--folder", type=Path, help="folder for sockets and functions; a temporary one by default")
    return parser.parse_args()


def _seconds(text: str) -> float:
    for unit, factor in UNITS.items():
        number = text.removesuffix(unit)
        if number != text and number.replace(".", "", 1).isdigit() and float(number) > 0:
            return float(number) * factor
    raise argparse.ArgumentTypeError(f"{text!r} is no duration; write 2s, 500ms or 1m")


if __name__ == "__main__":
    main()
