"""AWS on the loopback: one HTTP endpoint, and everything behind it."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import BaseWSGIServer, make_server

from . import machine, services
from .clock import SECONDS_PER_MINUTE, WallClock
from .control import Control
from .machine import Machine
from .own_host import OwnHost
from .unimplemented import Unimplemented

HOST = "127.0.0.1"
# How often the server looks whether it is to stop, in seconds.
POLL = 0.05
# moto knows AWS's managed policies only when asked to before its first IAM backend is made.
MOTO = {"MOTO_IAM_LOAD_MANAGED_POLICIES": "true", "MOTO_EC2_LOAD_DEFAULT_AMIS": "false"}


class Loopback:
    """The loopback of this process, while the context is open.

    Args:
        port: where the API listens on 127.0.0.1; 0 takes a free port.
        minute: real seconds that an AWS minute takes.
        folder: where sockets and unpacked functions go; by default one that is removed at the end.
    """

    def __init__(self, *, port: int = 0, minute: float = SECONDS_PER_MINUTE, folder: Path | None = None) -> None:
        self._port = port
        self._minute = minute
        self._folder = folder
        self._server: BaseWSGIServer | None = None

    @property
    def endpoint(self) -> str:
        """`http://127.0.0.1:<port>`: what AWS_ENDPOINT_URL takes."""
        return machine.get().endpoint

    def __enter__(self) -> Loopback:
        os.environ.update(MOTO)
        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # a line a request would drown the reports
        here = _machine(self._minute, self._folder)
        try:
            services.install()
            self._serve(here)
        except BaseException:
            self._close(here)
            raise
        here.ticker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._close(machine.get())

    def _serve(self, here: Machine) -> None:
        application = OwnHost(Control(Unimplemented(DomainDispatcherApplication(create_backend_app))))
        server = make_server(HOST, self._port, application, threaded=True, request_handler=MotoRequestHandler)
        here.endpoint = f"http://{HOST}:{server.server_port}"
        self._server = server
        threading.Thread(target=server.serve_forever, args=(POLL,), name="api", daemon=True).start()

    def _close(self, here: Machine) -> None:
        here.close()
        if self._server:
            self._server.shutdown()
            self._server.server_close()


def _machine(minute: float, folder: Path | None) -> Machine:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    here = Machine(clock=WallClock(minute=minute), folder=folder)
    machine.install(here)
    return here
