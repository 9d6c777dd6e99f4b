"""jsii's Node.js, started without the second one that stands between.

jsii starts a Node.js whose only work is to start another and to carry each message to it and back. That costs a start
and, at each call, two hops. The second speaks to a socket at its descriptor 3, which Python can give it itself.
"""

from __future__ import annotations

import atexit
import os
import platform
import socket
import subprocess
import threading
from pathlib import Path

from jsii._kernel.providers import ProcessProvider
from jsii._kernel.providers.process import _NodeProcess, stderr_sink
from jsii._utils import memoized_property

SHELL = "/bin/sh"
# The end of the socket comes as standard input, the only descriptor whose number a parent can choose. Ctrl-C reaches
# the whole group: Python then ends Node in its own order.
_AT_DESCRIPTOR_3 = 'trap "" INT; exec "$@" 3<&0 </dev/null'


def can_start_directly() -> bool:
    """Whether nothing asks for jsii's own way: another runtime, or a system without a shell."""
    return "JSII_RUNTIME" not in os.environ and Path(SHELL).exists()


class DirectProvider(ProcessProvider):
    """jsii's provider with a Node.js of ours."""

    @memoized_property
    def _process(self) -> _NodeProcess:
        process = DirectNode()
        process.start()
        return process


class DirectNode(_NodeProcess):
    """The Node.js that holds the libraries; the protocol and the end are jsii's own."""

    def start(self) -> None:
        """Start it, and hear that it is of the right version."""
        program = Path(self._jsii_runtime()).parents[1] / "lib/program.js"
        node = os.environ.get("JSII_NODE", "node")
        command = [node, "--max-old-space-size=4069", "--preserve-symlinks", str(program)]
        environ = {**os.environ, "JSII_AGENT": f"Python/{platform.python_version()}"}
        ours, its = socket.socketpair()
        with ours, its:
            shell = [SHELL, "-c", _AT_DESCRIPTOR_3, "sh", *command]
            self._process = subprocess.Popen(shell, stdin=its.fileno(), stderr=subprocess.PIPE, env=environ)
            self._process.stdin, self._process.stdout = ours.makefile("wb"), ours.makefile("rb")
        self.sink_thread = threading.Thread(target=stderr_sink, args=(self._process.stderr,), daemon=True)
        self.sink_thread.start()
        atexit.register(self.stop)
        self.handshake()
