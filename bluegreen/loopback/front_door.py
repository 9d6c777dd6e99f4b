"""The socket of the API, and how its requests are read: nobody can hold it up, or get a page of HTML from it."""

from __future__ import annotations

import errno
import json
import socket
from http import HTTPStatus
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import BaseWSGIServer, make_server

HOST = "127.0.0.1"
# Real seconds that a client may keep silent in the middle of a request.
PATIENCE = 30.0


def open_at(port: int, application: Any) -> BaseWSGIServer:
    """Listen on `port` of 127.0.0.1 (0 takes a free one) and serve `application` from it.

    Raises:
        OSError: the port is taken or not allowed; the message names it.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    with listening:
        try:
            listening.bind((HOST, port))
        except OSError as error:
            reason = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be opened: {error.strerror}"
            raise OSError(error.errno, f"port {port} {reason}") from error
        listening.listen(128)
        return make_server(
            HOST, port, application, threaded=True, request_handler=RequestHandler, fd=listening.fileno()
        )


class RequestHandler(MotoRequestHandler):
    """moto's, which gives up on silent clients and answers nonsense in AWS's form."""

    timeout = PATIENCE

    def run_wsgi(self) -> None:
        """Answer one request; a request line that is no URL is the client's fault."""
        try:
            super().run_wsgi()
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST, "the request line has no valid URL")

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """A line a request would drown what matters, and werkzeug fails in writing one for a request that is none."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Refuse what is no HTTP request at all."""
        status = HTTPStatus(code)
        body = json.dumps({"__type": "MalformedHttpRequestException", "message": message or status.phrase}).encode()
        self.send_response(status, status.phrase)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.close_connection = True
