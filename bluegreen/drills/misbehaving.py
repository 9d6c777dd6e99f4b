"""A small HTTP server that misbehaves as FAULT says: the containers of bad versions run it, with Python alone.

It listens where LISTEN_ADDR says, an address in 127.0.0.0/8, and answers as the service does but for its fault: its
color to `/one` and `/two`, `{}` to `/health`, each with the identity of its task. It takes some connections and some
memory at most.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import urllib.request
from dataclasses import dataclass, field

MOST_CONNECTIONS = 512
LEAKED = 1 << 20
"""Bytes that a leak takes at each request."""
MOST_LEAKED = 32 << 20
"""Bytes at which the kernel would kill a container; here it is done for it."""
FOREVER = 3600.0


@dataclass
class Fault:
    """What goes wrong, and its number: seconds, or requests."""

    name: str
    number: float = 0.0
    asked: int = 0
    leaked: list[bytes] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> Fault:
        name, _, number = text.partition(":")
        return cls(name, float(number or 0))

    async def answer(self, path: str, key: str) -> tuple[int, object]:
        """Return status and body for a path, in its own time."""
        if path == "/health":
            return 200, {}
        self.asked += 1
        match self.name:
            case "health-only":
                return 404, {"error": "not found"}
            case "wrong-body":
                return 200, {"key": "under construction"}
            case "slow":
                await asyncio.sleep(self.number)
            case "hang":
                await asyncio.sleep(FOREVER)
            case "after" if self.asked > self.number:
                return 500, {"error": "out of handles"}
            case "crash" if self.asked > self.number:
                print(f"fatal: request {self.asked} was one too many", flush=True)
                os._exit(3)
            case "leak":
                self._leak()
        return 200, {"key": f"route{path.replace('/', '_')} from {key}"}

    def _leak(self) -> None:
        self.leaked.append(bytes(LEAKED))
        if len(self.leaked) * LEAKED >= MOST_LEAKED:
            os.kill(os.getpid(), signal.SIGKILL)


def identity() -> str:
    """Return `family:revision` of the task."""
    with urllib.request.urlopen(f"{os.environ['ECS_CONTAINER_METADATA_URI_V4']}/task", timeout=5) as response:
        task = json.load(response)
    return f"{task['Family']}:{task['Revision']}"


async def serve(fault: Fault, host: str, port: int, key: str) -> None:
    """Answer until SIGTERM, or until SIGKILL where the fault is to be stubborn."""
    if not host.startswith("127."):
        raise SystemExit(f"LISTEN_ADDR: found {host}, allowed: an address in 127.0.0.0/8")
    own = identity()
    limit = asyncio.Semaphore(MOST_CONNECTIONS)

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        async with limit:
            try:
                while head := await reader.readuntil(b"\r\n\r\n"):
                    method, target, _rest = head.decode().split(" ", 2)
                    status, body = await fault.answer(target.partition("?")[0], key)
                    writer.write(_response(status, body, own, bare=method == "HEAD"))
                    await writer.drain()
            except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
                writer.close()

    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(
        signal.SIGTERM, (lambda: None) if fault.name == "stubborn" else stop.set
    )
    if fault.name == "slow-start":
        await asyncio.sleep(fault.number)
    server = await asyncio.start_server(handle, host, port + (fault.name == "other-port"))
    await stop.wait()
    server.close()


def _response(status: int, body: object, own: str, *, bare: bool) -> bytes:
    """Return the answer as bytes; `bare`: only its head, as HEAD asks for."""
    text = json.dumps(body, separators=(",", ":")).encode()
    head = f"HTTP/1.1 {status} X\r\nx-task-definition: {own}\r\ncontent-type: application/json\r\n"
    return f"{head}content-length: {len(text)}\r\n\r\n".encode() + (b"" if bare else text)


def main() -> None:
    """Misbehave."""
    fault = Fault.of(os.environ.get("FAULT", ""))
    if fault.name == "exit":
        print("fatal: no DATABASE_URL is set", flush=True)
        os._exit(1)
    host, _, port = os.environ["LISTEN_ADDR"].rpartition(":")
    asyncio.run(serve(fault, host, int(port), os.environ.get("KEY", "Grey")))


if __name__ == "__main__":
    main()
