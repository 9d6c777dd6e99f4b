"""A program on a real pseudo-terminal, whose screen is read as a person would."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyte

PROJECT = Path(__file__).parents[2]
LIMIT = 60


@dataclass
class Terminal:
    """`columns` and `rows` are its size; `raw` is every byte that was written to it."""

    command: Sequence[str]
    environ: Mapping[str, str]
    columns: int = 100
    rows: int = 40
    raw: bytes = b""
    process: subprocess.Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.screen = pyte.HistoryScreen(self.columns, self.rows, history=1000)
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        self._set_size(self._master)
        self.process = subprocess.Popen(
            self.command, cwd=PROJECT, env=self.environ, stdin=slave, stdout=slave, stderr=slave, start_new_session=True
        )
        os.close(slave)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._master)

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, without what the lines end with."""
        return [line.rstrip() for line in self.screen.display]

    @property
    def everything(self) -> list[str]:
        """The screen, after what has been scrolled out of it."""
        columns = range(self.columns)
        gone = ["".join(row[x].data for x in columns).rstrip() for row in self.screen.history.top]
        return [*gone, *self.lines]

    def resize(self, columns: int, rows: int) -> None:
        """Change the size as a window does."""
        self.columns, self.rows = columns, rows
        self.screen.resize(rows, columns)
        self._set_size(self._master)
        self.process.send_signal(signal.SIGWINCH)

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._master, text.encode())

    def until(self, seen: Callable[[Terminal], bool]) -> None:
        """Read on until the screen shows what is wanted."""
        deadline = time.monotonic() + LIMIT
        while not seen(self):
            assert self._read(deadline), "\n".join(["the program ended with this on its screen:", *self.everything])

    def ended(self) -> int:
        """Read to the end and return the exit code."""
        deadline = time.monotonic() + LIMIT
        while self._read(deadline):
            pass
        return self.process.wait(LIMIT)

    def _read(self, deadline: float) -> bool:
        assert time.monotonic() < deadline, "\n".join(["it never came:", *self.everything])
        if not select.select([self._master], [], [], 0.2)[0]:
            return self.process.poll() is None
        try:
            found = os.read(self._master, 65536)
        except OSError:  # Linux says so when the last one who had the terminal has closed it
            return False
        self.raw += found
        self._stream.feed(found)
        return bool(found)

    def _set_size(self, descriptor: int) -> None:
        fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", self.rows, self.columns, 0, 0))
