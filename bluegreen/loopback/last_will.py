"""What is to end with this process if it is killed: told to a reaper, which outlives it (reaper.py)."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

# What the reaper calls the end of each thing that it was told of.
ENDS = {"child": "gone", "folder": "kept"}

log = logging.getLogger(__name__)


class LastWill:
    """Process groups (`child`) and folders (`folder`); the reaper is started with the first of them."""

    def __init__(self) -> None:
        self._left: dict[str, None] = {}
        self._reaper: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()
        self._closed = False

    def add(self, what: str, value: object) -> None:
        """From now on `value` is to end with this process."""
        with self._lock:
            self._left[f"{what} {value}"] = None
            if self._reaper:
                self._write(f"{what} {value}")
            elif not self._closed:
                self._start()

    def remove(self, what: str, value: object) -> None:
        """It has ended."""
        with self._lock:
            self._left.pop(f"{what} {value}", None)
            self._write(f"{ENDS[what]} {value}")

    def look(self) -> None:
        """Start the reaper anew if it was killed, and tell it what is left."""
        with self._lock:
            ended = self._reaper if self._reaper and not self._closed else None
            if ended is None or ended.poll() is None:
                return
            log.error("the reaper ended with code %s; starting it anew", ended.returncode)
            self._release(ended)
            self._start()

    def close(self) -> None:
        """Let the reaper do what is left, and wait for it."""
        with self._lock:
            self._closed = True
            if self._reaper:
                self._release(self._reaper)

    @staticmethod
    def _release(reaper: subprocess.Popen[str]) -> None:
        """End the pipe, which is the reaper's sign, and wait until it has ended."""
        if reaper.stdin:
            with suppress(BrokenPipeError):  # it was killed
                reaper.stdin.close()
        reaper.wait()

    def _start(self) -> None:
        self._reaper = subprocess.Popen(
            # What is left goes along: told afterwards, it would be lost if this process were killed in between.
            [sys.executable, "-I", "-S", str(Path(__file__).with_name("reaper.py")), *self._left],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            cwd="/",
            text=True,
            start_new_session=True,  # Ctrl-C in the terminal, or a kill of the whole group, is not for it
        )

    def _write(self, line: str) -> None:
        if self._reaper and self._reaper.stdin and not self._closed:
            with suppress(BrokenPipeError):  # it was killed: the next look starts another, which is told everything
                self._reaper.stdin.write(f"{line}\n")
                self._reaper.stdin.flush()
