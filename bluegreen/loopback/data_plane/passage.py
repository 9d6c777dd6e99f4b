"""The way from a door to the routes behind it."""

from __future__ import annotations

from typing import Any

# When the proxy behind takes new routes, it hangs up on requests that reach its old ones in that very millisecond,
# before it looks at them. They are sent again, whatever their method: a target has never seen them. A request that
# did reach a target is answered, if only with 502.
REPEATABLE_BODY = 1 << 20  # bytes kept in memory so that a request can be sent again
AGAIN = {
    "try_duration": "1s",
    "try_interval": "2ms",
    "retry_match": [{"method": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]}],
}


def passage(socket: str, *, port: int, timeout: int | None = None) -> dict[str, Any]:
    """Return the handler that passes a request on to `socket`.

    Each request dials anew: the proxy behind closes idle connections when it takes new routes, and a connection that
    was never idle cannot be lost that way. `port` is the one that the client used, `timeout` in milliseconds.
    """
    transport: dict[str, Any] = {"protocol": "http", "compression": False, "keep_alive": {"enabled": False}}
    if timeout is not None:
        transport["response_header_timeout"] = f"{timeout}ms"
    return {
        "handler": "reverse_proxy",
        "upstreams": [{"dial": f"unix/{socket}"}],
        "load_balancing": AGAIN,
        "request_buffers": REPEATABLE_BODY,
        "transport": transport,
        "headers": {
            "request": {"set": {"X-Forwarded-Port": [str(port)]}, "delete": ["X-Forwarded-Host", "Via"]},
            "response": {"delete": ["Via"]},
        },
    }
