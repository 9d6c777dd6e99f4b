"""Ending connections of another process: what a load balancer does to requests that outlast the deregistration delay.

Caddy has no such command. Its parent may have copies of its sockets, though (pidfd_getfd, Linux 5.6), and a connection
that is shut down through a copy is over for everybody who holds it: the proxy then answers its client with 502.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Collection, Iterator
from pathlib import Path

PIDFD_GETFD = 438  # the number of the system call, the same on every architecture
ESTABLISHED = "01"

_libc = ctypes.CDLL(None, use_errno=True)


def cut(pid: int, peers: Collection[str]) -> int:
    """End the connections of process `pid` (a child of this one) to `peers` (`address:port`); return how many.

    Raises:
        OSError: the kernel does not let us, or does not know the call.
    """
    inodes = set(_connected(peers))
    if not inodes:
        return 0
    process = os.pidfd_open(pid)
    try:
        found = [number for number, inode in _sockets(pid) if inode in inodes]
        for number in found:
            _end(process, number)
    finally:
        os.close(process)
    return len(found)


def _connected(peers: Collection[str]) -> Iterator[str]:
    wanted = {_as_kernel_writes(peer) for peer in peers}
    for line in Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]:
        words = line.split()
        if words[2] in wanted and words[3] == ESTABLISHED:
            yield words[9]


def _as_kernel_writes(peer: str) -> str:
    address, port = peer.rsplit(":", 1)
    number = int.from_bytes(socket.inet_aton(address), sys.byteorder)
    return f"{number:08X}:{int(port):04X}"


def _sockets(pid: int) -> Iterator[tuple[int, str]]:
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(entry)
        except OSError:  # closed meanwhile
            continue
        if target.startswith("socket:["):
            yield int(entry.name), target[len("socket:[") : -1]


def _end(process: int, number: int) -> None:
    copy = _libc.syscall(PIDFD_GETFD, process, number, 0)
    if copy < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"pidfd_getfd: {os.strerror(code)}")
    with socket.socket(fileno=copy) as connection:
        try:
            connection.shutdown(socket.SHUT_RDWR)
        except OSError:  # over already
            return
