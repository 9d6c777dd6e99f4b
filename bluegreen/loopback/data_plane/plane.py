"""The data plane of one loopback: it makes the proxies serve what the account's parts say."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol

from bluegreen.loopback import machine
from bluegreen.loopback.processes import Process

from . import document
from .access_log import SOCKET, AccessLog
from .admin import AdminError
from .proxy import Proxy, ProxyError
from .unsupported import UnsupportedError
from .views import Network

log = logging.getLogger(__name__)


class DataPlaneError(RuntimeError):
    """The proxies do not serve what was asked for; the message says why."""


class Source(Protocol):
    """A part of the account that has something to serve."""

    def network(self) -> Network:
        """Return what is to be served now."""
        ...


class DataPlane:
    """Two proxies, one for load balancers and one for HTTP APIs, and who says what they serve."""

    def __init__(self, host: machine.Machine) -> None:
        folder = host.folder / "proxy"
        self.access_log = AccessLog(folder)
        self.listeners = _Served(Proxy("listeners", folder, host.processes, SOCKET), document.of_listeners)
        self.apis = _Served(Proxy("apis", folder, host.processes), document.of_apis)
        self._serving: set[str] = set()
        self._sources: list[Source] = []
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="data-plane")
        self._waiting = threading.Event()
        host.ticker.add(self)

    def add(self, source: Source) -> None:
        """Serve what `source` says from the next `publish` on."""
        with self._lock:
            self._sources.append(source)

    def remove(self, source: Source) -> None:
        """Forget what `source` said."""
        with self._lock:
            self._sources = [known for known in self._sources if known is not source]

    def publish(self) -> None:
        """Ask every source and make the proxies serve it; returns when they do.

        Raises:
            DataPlaneError: a proxy does not run or refuses; what it served before, it serves on. The other proxy may
                have taken the change, so whoever takes it back has to publish again.
        """
        with self._lock:
            try:
                network = sum((source.network() for source in self._sources), Network())
                self.listeners.bring(network)
                self._serving = {target for targets in network.targets.values() for target in targets}
                self.apis.bring(network)
            except (AdminError, ProxyError, UnsupportedError) as error:
                raise DataPlaneError(str(error)) from error

    def publish_soon(self) -> None:
        """Publish from a thread of its own: for callers that must not wait. A failure is logged."""
        if not self._waiting.is_set():
            self._waiting.set()
            self._worker.submit(self._publish_and_log)

    def end(self, targets: Iterable[str]) -> None:
        """End the requests that are still under way at `targets` (`address:port`), with 502 for whoever asked.

        From a thread of its own: callers must not wait. A target that serves again by then is left alone.
        """
        self._worker.submit(self._end, set(targets))

    def step(self, now: float) -> None:  # noqa: ARG002 - a process ends whenever it wants
        """Count the requests that were answered, and start a proxy anew that has ended by itself."""
        self.access_log.look()
        for served in (self.listeners, self.apis):
            if failure := served.failure():
                log.error("%s; starting it anew", failure)
                self.publish_soon()

    def _end(self, targets: set[str]) -> None:
        with self._lock:
            ending = targets - self._serving
        try:
            self.listeners.proxy.cut(ending)
        except AdminError as error:
            log.warning("requests at targets that have drained go on: %s", error)

    def _publish_and_log(self) -> None:
        self._waiting.clear()
        try:
            self.publish()
        except DataPlaneError as error:
            log.error("the data plane is not what the API says: %s", error)
        except Exception:
            log.exception("the data plane is not what the API says")


class _Served:
    """A proxy and what it serves at the moment."""

    def __init__(self, proxy: Proxy, part: Callable[[Network], dict[str, Any]]) -> None:
        self.proxy = proxy
        self._part = part
        self._now: dict[str, Any] | None = part(Network())
        self._reported: Process | None = None

    def bring(self, network: Network) -> None:
        wanted = self._part(network)
        if wanted == self._now and not self.proxy.failure():
            return
        self._now = None  # what a proxy serves that did not answer, nobody knows
        self.proxy.serve(wanted)
        self._now = wanted

    def failure(self) -> str:
        """Return why the process has ended, once for each: also one that ended before it served anything."""
        process = self.proxy.process
        if process is self._reported or not (failure := self.proxy.failure()):
            return ""
        self._reported = process
        return failure


_installed: list[tuple[machine.Machine, DataPlane]] = []
_lock = threading.Lock()


def get() -> DataPlane:
    """Return the data plane of this process's machine, made at the first call."""
    host = machine.get()
    with _lock:
        if not _installed or _installed[0][0] is not host:
            _installed[:] = [(host, DataPlane(host))]
        return _installed[0][1]
