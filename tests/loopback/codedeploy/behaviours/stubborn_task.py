"""A task that answers its name, writes down each visit and each signal, and ends only when killed.

Arguments: its name, its address and port, and the file to write to.
"""

import http.server
import signal
import sys
from pathlib import Path

name, address, port, file = sys.argv[1:]


def note(word: str) -> None:
    with Path(file).open("a") as book:
        print(word, file=book)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/visit":
            note("visit")
        self.send_response(200)
        self.send_header("Content-Length", str(len(name)))
        self.end_headers()
        self.wfile.write(name.encode())

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - the base class calls it so


signal.signal(signal.SIGTERM, lambda *_: note("SIGTERM"))
http.server.ThreadingHTTPServer((address, int(port)), Handler).serve_forever()
