"""AWS on the loopback: one HTTP endpoint, and everything behind it."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from werkzeug.serving import BaseWSGIServer

from . import front_door, machine, moto_app, services
from .cbor import Cbor
from .clock import SECONDS_PER_MINUTE, WallClock
from .control import Control
from .iam import record
from .machine import Machine
from .own_host import OwnHost
from .request_body import RequestBody
from .resent import Resent
from .unimplemented import Unimplemented

# How often the server looks whether it is to stop, in seconds.
POLL = 0.05
# moto knows AWS's managed policies only when asked to before its first IAM backend is made.
MOTO = {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}


_one = threading.Lock()


class Loopback:
    """The loopback of this process, while the context is open: a second one needs a process of its own.

    Args:
        port: where the API listens on 127.0.0.1; 0 takes a free port.
        minute: real seconds that an AWS minute takes.
        folder: where sockets and unpacked functions go; by default one that is removed at the end.
        record: file to append what is asked of IAM to; see `Record`.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        minute: float = SECONDS_PER_MINUTE,
        folder: Path | None = None,
        record: Path | None = None,
    ) -> None:
        self._port = port
        self._record_file = record
        self._minute = minute
        self._folder = folder
        self._machine: Machine | None = None
        self._server: BaseWSGIServer | None = None

    @property
    def endpoint(self) -> str:
        """`http://127.0.0.1:<port>`: what AWS_ENDPOINT_URL takes."""
        return machine.get().endpoint

    def __enter__(self) -> Loopback:
        if not _one.acquire(blocking=False):
            raise RuntimeError("a loopback runs in this process already, and moto keeps one account per process")
        try:
            self._open()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def _open(self) -> None:
        os.environ.update(MOTO)
        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line a request would drown the reports
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
        here = self._machine = Machine(clock=WallClock(minute=self._minute), folder=self._folder)
        machine.install(here)
        services.install()
        record.install(record.Record(self._record_file) if self._record_file else None)
        self._server = self._serve(here)
        here.ticker.start()

    def _serve(self, here: Machine) -> BaseWSGIServer:
        moto = DomainDispatcherApplication(moto_app.create)
        server = front_door.open_at(self._port, OwnHost(RequestBody(Control(Cbor(Resent(Unimplemented(moto)))))))
        here.endpoint = f"http://{front_door.HOST}:{server.port}"
        threading.Thread(target=server.serve_forever, args=(POLL,), name="api", daemon=True).start()
        return server

    def _close(self) -> None:
        if self._machine:
            self._machine.close()
        if self._server:
            self._server.shutdown()
            self._server.server_close()
        record.install(None)
        _one.release()
