"""`python -m bluegreen.loopback`: serve until SIGTERM, Ctrl-C or the end of whoever started this."""

from __future__ import annotations

import gc
import json
import logging
import os
import signal
import sys
import threading
from collections.abc import Sequence

from .options import Options, parse

PROGRAM = "python -m bluegreen.loopback"
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
STDERR = "this terminal (stderr)"
LOOK = 0.2


def main(arguments: Sequence[str] | None = None, program: str = PROGRAM) -> None:
    """Say where everything is when it is ready, then serve; `program` is what errors call the command."""
    parent = os.getppid()
    options = parse(sys.argv[1:] if arguments is None else arguments, program)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: stop.set())
    try:
        _log_to(options)
        _serve(options, stop, parent)
    except OSError as error:
        raise SystemExit(_refused(program, error)) from error
    # Everything is closed; the interpreter would still spend seconds on freeing moto's objects one by one.
    sys.stdout.flush()
    os._exit(0)


def _serve(options: Options, stop: threading.Event, parent: int) -> None:
    from . import model_reader  # noqa: PLC0415 - botocore and moto take a second to load, a wrong option need not wait

    gc.disable()  # what is imported stays: looking for garbage in it takes a third of the time
    model_reader.share()
    from . import announcement, machine  # noqa: PLC0415
    from .server import Loopback  # noqa: PLC0415

    gc.freeze()
    gc.enable()
    with Loopback(port=options.port, minute=options.minute, folder=options.folder, record=options.record):
        for image in options.images:
            machine.get().images.put(image)
        log = str(options.log or STDERR)
        if options.json:
            print(json.dumps(announcement.document(minute=options.minute, log=log)), flush=True)
        else:
            print(announcement.text(minute=options.minute, log=log, images=len(options.images)), flush=True)
        # moto prints now and then. Who has read the announcement may read no more, and a full pipe would stop us.
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - until the process ends
        # Not PR_SET_PDEATHSIG: it follows the parent's thread, and a thread pool may have started this.
        while not stop.wait(LOOK) and os.getppid() == parent:
            pass


def _log_to(options: Options) -> None:
    if options.log:
        logging.basicConfig(filename=options.log, format=LOG_FORMAT)
    else:
        logging.basicConfig(stream=sys.stderr, format=LOG_FORMAT)


def _refused(program: str, error: OSError) -> int:
    where = f": {error.filename}" if error.filename else ""
    print(f"{program}: {error.strerror or error}{where}", file=sys.stderr)
    return 2


if __name__ == "__main__":
    main()
