"""What a load balancer tells a target about a request: X-Forwarded-* and X-Amzn-Trace-Id."""

from __future__ import annotations

import time
from typing import Any

TRACE = "X-Amzn-Trace-Id"
# The time in an id is when this process began: Caddy cannot write the present one in hexadecimal digits.
_BEGAN = f"1-{int(time.time()):08x}-"
# Caddy compiles a pattern with braces anew for every request, which costs more than all the rest of it.
_UUID = r"(\w+)-(\w+)-(\w+)-\w+-(\w\w\w\w\w\w\w\w)\w\w\w\w"
_NEW = f"{_BEGAN}$1$2$3$4"


def headers(port: int, *, protocol: str = "http") -> dict[str, Any]:
    """Return the header operations of a proxy whose client used `port`; Caddy itself appends to X-Forwarded-For.

    An ALB adds neither X-Forwarded-Host nor Via.
    """
    told = {"X-Forwarded-Port": [str(port)], "X-Forwarded-Proto": [protocol]}
    return {
        "request": {"set": told, "delete": ["X-Forwarded-Host", "Via"]},
        "response": {"delete": ["Via"]},
    }


def traced(port: int) -> dict[str, Any]:
    """Return the same, and those that give each request its id.

    A request without a root gets one; one that has a root keeps it and gets `Self` before it (ELB user guide, "Request
    tracing"). A route for each case would cost as much again: the first pattern that matches leaves the others nothing.
    """
    result = headers(port)
    result["request"]["set"][TRACE] = [f"{{http.request.uuid}};{{http.request.header.{TRACE}}}"]
    result["request"]["replace"] = {
        TRACE: [
            {"search_regexp": f"^{_UUID};$", "replace": f"Root={_NEW}"},
            {"search_regexp": f"^{_UUID};(?:Self=[^;]*;)?(.*Root=.*)$", "replace": f"Self={_NEW};$5"},
            {"search_regexp": f"^{_UUID};(.*)$", "replace": f"Root={_NEW};$5"},
        ]
    }
    return result
