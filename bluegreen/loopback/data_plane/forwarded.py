"""What a load balancer tells a target about a request: X-Forwarded-* and X-Amzn-Trace-Id."""

from __future__ import annotations

import time
from typing import Any

TRACE = "X-Amzn-Trace-Id"
# The time in an id is when this process began: Caddy cannot write the present one in hexadecimal digits.
_BEGAN = f"{int(time.time()):08x}"
_NEW = f"1-{_BEGAN}-{{http.request.uuid}}"
# Caddy compiles a pattern with braces anew for every request, which costs more than all the rest of it.
_UUID = r"(\w+)-(\w+)-(\w+)-\w+-(\w\w\w\w\w\w\w\w)\w\w\w\w"
_DIGITS = "$2$3$4$5"


def headers(port: int, *, protocol: str = "http") -> dict[str, Any]:
    """Return the header operations of a proxy whose client used `port`; Caddy itself appends to X-Forwarded-For.

    An ALB adds neither X-Forwarded-Host nor Via.
    """
    told = {"X-Forwarded-Port": [str(port)], "X-Forwarded-Proto": [protocol]}
    return {
        "request": {"set": told, "delete": ["X-Forwarded-Host", "Via"]},
        "response": {"delete": ["Via"]},
    }


def trace() -> list[dict[str, Any]]:
    """Return the routes that give each request its id.

    A request without a root gets one; one that has a root keeps it and gets `Self` before it (ELB user guide, "Request
    tracing").
    """
    known = f"{{http.request.header.{TRACE}}}"
    rooted = {"header_regexp": {TRACE: {"pattern": "Root="}}}
    extended = rf"^(Self=1-\w+-){_UUID};(?:Self=[^;]*;)?"
    begun = rf"^(Root=1-\w+-){_UUID}"
    # Go matches a pattern in one pass only if it is held at both ends.
    alone = f"{begun}$"
    return [
        _route([{"header": {TRACE: None}}], f"Root={_NEW}", alone, f"$1{_DIGITS}"),
        _route([rooted], f"Self={_NEW};{known}", extended, f"$1{_DIGITS};"),
        _route([], f"Root={_NEW};{known}", begun, f"$1{_DIGITS}"),
    ]


def _route(match: list[dict[str, Any]], value: str, pattern: str, replacement: str) -> dict[str, Any]:
    """Return a route that handles what no route before it did: of a group, Caddy takes the first that matches."""
    operations = {"set": {TRACE: [value]}, "replace": {TRACE: [{"search_regexp": pattern, "replace": replacement}]}}
    return {"group": "trace", "match": match, "handle": [{"handler": "headers", "request": operations}]}
