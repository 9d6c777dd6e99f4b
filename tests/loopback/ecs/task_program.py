"""What the tasks of these tests run: `GET /` tells its environment, other paths make it misbehave."""

import http.server
import json
import os
import signal

healthy = True


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        global healthy  # noqa: PLW0603
        if self.path == "/exit":
            os._exit(3)
        if self.path == "/break":
            healthy = False
        self.send_response(200 if healthy or self.path == "/break" else 500)
        self.end_headers()
        self.wfile.write(json.dumps(dict(os.environ)).encode())

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - the base class calls it so


if os.environ.get("STUBBORN"):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("listening on", os.environ["HOST"], flush=True)
http.server.ThreadingHTTPServer((os.environ["HOST"], 3000), Handler).serve_forever()
