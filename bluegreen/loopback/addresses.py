"""Addresses in 127.0.0.0/8, so that every task and load balancer listens on its real port."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

FIRST_SLOT, LAST_SLOT = 16, 250
CLAIM_PORT = 10_009


class AddressError(RuntimeError):
    """No free block of loopback addresses."""


class Addresses:
    """A block 127.<slot>.0.0/16 claimed for this process alone.

    The claim is a bound socket, so the kernel gives it back however the process ends. Linux answers on all of
    127.0.0.0/8 without set-up; elsewhere binding fails and the error says so.
    """

    def __init__(self) -> None:
        self._claim, self.slot = _claim()
        self._numbers = _numbers()
        self._lock = threading.Lock()

    @property
    def pattern(self) -> str:
        """The addresses of this block, as people write them."""
        return f"127.{self.slot}.x.y"

    @property
    def block(self) -> str:
        """The block as a network."""
        return f"127.{self.slot}.0.0/16"

    def next(self) -> str:
        """Return an address of this block that was not handed out before.

        Raises:
            AddressError: all 64,516 addresses were handed out.
        """
        with self._lock:
            high, low = next(self._numbers, (0, 0))
        if not high:
            raise AddressError(f"the block {self.block} has no address left")
        return f"127.{self.slot}.{high}.{low}"

    def close(self) -> None:
        """Give the block back."""
        self._claim.close()


def _claim() -> tuple[socket.socket, int]:
    reason: OSError | None = None
    for slot in range(FIRST_SLOT, LAST_SLOT + 1):
        claim = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            # A UDP port above 1024: claiming needs no root, and nothing listens there.
            claim.bind((f"127.{slot}.0.1", CLAIM_PORT))
        except OSError as error:
            claim.close()
            reason = error
        else:
            return claim, slot
    raise AddressError(f"no free block among 127.{FIRST_SLOT}.0.0 to 127.{LAST_SLOT}.0.0 ({reason}); this needs Linux")


def _numbers() -> Iterator[tuple[int, int]]:
    return ((high, low) for high in range(1, 255) for low in range(1, 255))
