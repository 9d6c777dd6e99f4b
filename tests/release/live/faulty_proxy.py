"""What networks, proxies and AWS answer where they fail: for the server between a command and the loopback."""

from __future__ import annotations

from bluegreen.drills import between
from bluegreen.drills.between import Answer, serve
from bluegreen.drills.between import Between as Proxy

__all__ = [
    "CLOCK_OFF",
    "DROPPED",
    "EXPIRED",
    "LOG_IN_PAGE",
    "THROTTLED",
    "UNAVAILABLE",
    "Answer",
    "Proxy",
    "refusal",
    "serve",
]


def refusal(status: int, code: str) -> Answer:
    """Return an error as AWS's JSON protocols have it."""
    return between.refusal(status, code, f"{code} said the proxy")


DROPPED = Answer(0)
LOG_IN_PAGE = Answer(200, b"<html><body>Welcome to the hotel</body></html>")
UNAVAILABLE = Answer(503, b"<html>503</html>")
THROTTLED = refusal(400, "ThrottlingException")
EXPIRED = refusal(400, "ExpiredTokenException")
CLOCK_OFF = between.refusal(
    400,
    "InvalidSignatureException",
    "Signature expired: 20261130T100000Z is now earlier than 20261130T100500Z (20261130T101000Z - 5 min.)",
)
