"""What the parts of one loopback share: a process has one."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from .addresses import Addresses
from .clock import Clock, WallClock
from .images import Images
from .processes import Processes
from .ticker import Ticker


@dataclass(kw_only=True)
class Machine:
    """The clock, the addresses, the children, the images, and where the API answers."""

    clock: Clock = field(default_factory=WallClock)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="bluegreen-")))
    endpoint: str = ""
    images: Images = field(default_factory=Images)
    addresses: Addresses = field(default_factory=Addresses)
    processes: Processes = field(default_factory=Processes)
    ticker: Ticker = field(init=False)

    def __post_init__(self) -> None:
        self.ticker = Ticker(self.clock)

    def close(self) -> None:
        """Stop stepping, end every child and give the addresses back; the folder is its maker's to remove."""
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
