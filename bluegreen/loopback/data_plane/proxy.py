"""One proxy process: started when first needed, steered through its socket, nothing kept when it ends."""

from __future__ import annotations

import logging
import resource
import shutil
import sysconfig
import time
from collections import deque
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from bluegreen.loopback.processes import Process, Processes

from . import admin
from .admin import AdminError, GoneError

PROGRAM = "loopback-proxy"
START_SECONDS = 15.0
LOG_LINES = 20
LAST_WORDS_SECONDS = 1.0
# The kernel closes the sockets of a killed process before it says that the process has ended.
DYING_SECONDS = 5.0

log = logging.getLogger(__name__)


class ProxyError(RuntimeError):
    """The proxy could not be started, or has ended by itself."""


class Proxy:
    """A proxy named `name`, with its socket in `folder`, which is there; records go to the socket `records` in it."""

    def __init__(self, name: str, folder: Path, processes: Processes, records: str = "") -> None:
        self._name = name
        self._folder = folder
        self._processes = processes
        self._records = records
        self._process: Process | None = None
        self._lines: deque[str] = deque(maxlen=LOG_LINES)

    @property
    def process(self) -> Process | None:
        """The process; None before there was anything to serve."""
        return self._process

    @property
    def runs(self) -> bool:
        """Whether it has been started and has not ended."""
        return self._process is not None and self._process.exit_code() is None

    def serve(self, network: Mapping[str, Any]) -> None:
        """Serve exactly `network`, starting the process if it does not run.

        Raises:
            AdminError: the proxy refuses it, and serves what it served before.
            ProxyError: the proxy does not start.
        """
        try:
            self._tell(network)
        except AdminError as error:
            if not self._has_ended(DYING_SECONDS if isinstance(error, GoneError) else 0.0):
                raise
            self._tell(network)

    def _tell(self, network: Mapping[str, Any]) -> None:
        if not self.runs:
            self._start()
        admin.post(self._socket, "/network", network)

    def _has_ended(self, seconds: float) -> bool:
        """Whether the process has ended, or does so within the time."""
        return self._process is not None and self._process.wait(seconds) is not None

    def cut(self, targets: Collection[str]) -> None:
        """End the requests that are under way at `targets` (`address:port`), with 502 for whoever asked.

        Raises:
            AdminError: the proxy does not answer.
        """
        if self.runs:
            admin.post(self._socket, "/cut", sorted(targets))

    def failure(self) -> str:
        """Return why it has ended, in words; empty while it runs or was never started."""
        if self._process is None or self.runs:
            return ""
        code = self._process.wait(LAST_WORDS_SECONDS)
        return f"the proxy `{self._name}` ended with code {code}: {' | '.join(self._lines) or 'no output'}"

    @property
    def _socket(self) -> Path:
        return self._folder / f"{self._name}-admin.sock"

    def _start(self) -> None:
        self._lines.clear()
        command = [program(), self._name, self._socket.name, *filter(None, [self._records])]
        try:
            self._socket.unlink(missing_ok=True)
            self._process = self._processes.spawn(command, environment={}, on_line=self._keep, folder=self._folder)
        except (OSError, RuntimeError) as error:  # the latter: this loopback is about to end
            raise ProxyError(f"{command[0]} cannot be started: {error}") from error
        _allow_all_files(self._process.pid)
        self._wait_until_up()

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not admin.answers(self._socket):
            if failure := self.failure():
                raise ProxyError(failure)
            if time.monotonic() > deadline:
                raise ProxyError(f"the proxy `{self._name}` is not up after {START_SECONDS:.0f} s")
            time.sleep(0.002)

    def _keep(self, line: str) -> None:
        self._lines.append(line)
        log.debug("%s: %s", self._name, line)


def program() -> str:
    """Return the path of the proxy's program.

    Raises:
        ProxyError: it is not installed.
    """
    here = sysconfig.get_path("scripts")
    if found := shutil.which(PROGRAM, path=here):
        return found
    raise ProxyError(f"the program {PROGRAM} is not in {here}: `make setup` builds it from proxy_rust")


def _allow_all_files(pid: int) -> None:
    """Each connection is a file: what the shell allows by default is soon used up."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.prlimit(pid, resource.RLIMIT_NOFILE, (most, most))
    except OSError as error:  # it has ended at once, or may not be changed; the former is reported elsewhere
        log.debug("the proxy keeps its limit of files: %s", error)
