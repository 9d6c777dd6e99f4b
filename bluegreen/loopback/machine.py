"""What the parts of one loopback share: a process has one."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from .addresses import Addresses
from .clock import Clock, WallClock
from .images import Images
from .processes import Processes
from .ticker import Ticker


class Machine:
    """The clock, the addresses, the children, the images, and where the API answers.

    Args:
        clock: the wall clock by default.
        folder: where sockets and unpacked functions go; by default a temporary one, made when it is first asked for
            and removed at the end.
    """

    def __init__(self, *, clock: Clock | None = None, folder: Path | None = None) -> None:
        self.clock: Clock = clock or WallClock()
        self.endpoint = ""
        self.images = Images()
        self.addresses = Addresses()
        self.processes = Processes()
        self.ticker = Ticker(self.clock)
        self.ticker.add(self.processes)
        self._given = folder
        self._made: Path | None = None
        self._lock = threading.Lock()

    @property
    def folder(self) -> Path:
        """The folder of this machine, which is there."""
        if self._given:
            return self._given
        with self._lock:
            if not self._made:
                self._made = Path(tempfile.mkdtemp(prefix="bluegreen-"))
                self.processes.own(self._made)
            return self._made

    def close(self) -> None:
        """Stop stepping, end every child, give the addresses back and remove the folder unless it was given."""
        self.ticker.close()
        self.processes.close()
        self.addresses.close()


_installed: list[Machine] = []


def install(machine: Machine) -> None:
    """Make `machine` the one of this process: moto builds its backends by itself, so they ask for it here."""
    _installed[:] = [machine]


def get() -> Machine:
    """Return the machine of this process.

    Raises:
        RuntimeError: none was installed.
    """
    if not _installed:
        raise RuntimeError("no loopback runs in this process: call machine.install first")
    return _installed[0]
