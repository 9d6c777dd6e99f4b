"""One server process under measurement."""

from __future__ import annotations

import socket
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .metadata import metadata

START_SECONDS = 30.0


@dataclass(frozen=True)
class Server:
    """A server that runs, and where it listens."""

    process: subprocess.Popen[bytes]
    address: str

    def memory(self) -> int:
        """Return the bytes of memory that are resident."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))

    def processor(self) -> float:
        """Return the seconds of processor time that all threads have used."""
        threads = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9


def free_address() -> str:
    """Return an address of the loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return f"127.0.0.1:{taken.getsockname()[1]}"


@contextmanager
def serving(program: Path, *, under: Sequence[str] = ()) -> Iterator[Server]:
    """Start the program as in a task: an identity to look up, and a pipe that somebody reads as its log."""
    address = free_address()
    with metadata() as uri:
        environment = {"LISTEN_ADDR": address, "ECS_CONTAINER_METADATA_URI_V4": uri}
        process = subprocess.Popen(
            [*under, str(program)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        readers = [threading.Thread(target=pipe.read) for pipe in (process.stdout, process.stderr) if pipe]
        try:
            for reader in readers:
                reader.start()
            _wait(process, address)
            yield Server(process, address)
        finally:
            process.kill()
            process.wait()
            for reader in readers:
                reader.join()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    host, port = address.split(":")
    limit = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < limit:
        try:
            socket.create_connection((host, int(port)), timeout=START_SECONDS).close()
        except ConnectionRefusedError:
            time.sleep(0.001)
        else:
            return
    raise RuntimeError(f"{process.args} does not serve (exit code {process.returncode})")
