"""The pages that a load balancer shows for itself."""

from __future__ import annotations

from typing import Any

NO_TARGET_SOCKET = "unix/no-target.sock"
"""Where the page for a group without targets is served."""

SERVER = "awselb/2.0"
TITLES = {502: "Bad Gateway", 503: "Service Temporarily Unavailable", 504: "Gateway Time-out"}


def page(status: int) -> dict[str, Any]:
    """Return the handler that answers with the load balancer's own page for `status`."""
    title = f"{status} {TITLES[status]}"
    body = (
        f"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n"
        f"<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n"
    )
    return {
        "handler": "static_response",
        "status_code": status,
        "headers": {"Content-Type": ["text/html"], "Server": [SERVER]},
        "body": body,
    }


def pages() -> dict[str, Any]:
    """Return the error routes of a server: what the target did wrong becomes 504 for a time-out, else 502."""
    return {
        "routes": [
            {"match": [{"vars": {"{http.error.status_code}": ["504"]}}], "handle": [page(504)], "terminal": True},
            {"handle": [page(502)]},
        ]
    }
