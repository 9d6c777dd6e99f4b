"""One health check request, at the edge."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from .health import PASSED, Finding, matches


@dataclass(frozen=True, kw_only=True)
class Probe:
    """What to ask a target and what counts as passing; `timeout` in real seconds."""

    address: str
    port: int
    path: str
    matcher: str
    timeout: float

    async def run(self) -> Finding:
        """Ask once and return what was found; it never raises."""
        try:
            async with asyncio.timeout(self.timeout):
                status = await self._status()
        except TimeoutError:
            return Finding(reason="Target.Timeout", description="Request timed out")
        except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return Finding(reason="Target.FailedHealthChecks", description="Health checks failed")
        if matches(self.matcher, status):
            return PASSED
        description = f"Health checks failed with these codes: [{status}]"
        return Finding(reason="Target.ResponseCodeMismatch", description=description)

    async def _status(self) -> int:
        reader, writer = await asyncio.open_connection(self.address, self.port)
        try:
            writer.write(self._request())
            line = await reader.readuntil(b"\r\n")
            protocol, status = line.split()[:2]
            if not protocol.startswith(b"HTTP/"):
                raise ValueError(line)
            return int(status)
        finally:
            writer.close()

    def _request(self) -> bytes:
        lines = (
            f"GET {self.path} HTTP/1.1",
            f"Host: {self.address}:{self.port}",
            "User-Agent: ELB-HealthChecker/2.0",
            "Connection: close",
            "",
            "",
        )
        return "\r\n".join(lines).encode()
