"""The way from an HTTP API to the listener behind it."""

from __future__ import annotations

from typing import Any

from .forwarded import headers

# When the load balancers' proxy takes a new configuration, it hangs up on requests that reach the old one in that very
# millisecond, before it looks at them. They are sent again, whatever their method: a target has never seen them. A
# request that did reach a target is answered, if only with 502.
REPEATABLE_BODY = 1 << 20  # bytes kept in memory so that a request can be sent again
AGAIN = {
    "try_duration": "1s",
    "try_interval": "2ms",
    "retry_match": [{"method": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]}],
}


def passage(listener: str, *, port: int, timeout: int) -> dict[str, Any]:
    """Return the handler that passes a request on to the `address:port` of a listener.

    Each request dials anew: the proxy behind closes idle connections when it takes a new configuration, and a
    connection that was never idle cannot be lost that way. `port` is the one that the client used, `timeout` in
    milliseconds.
    """
    return {
        "handler": "reverse_proxy",
        "upstreams": [{"dial": listener}],
        "load_balancing": AGAIN,
        "request_buffers": REPEATABLE_BODY,
        "transport": {
            "protocol": "http",
            "compression": False,
            "keep_alive": {"enabled": False},
            "response_header_timeout": f"{timeout}ms",
        },
        "headers": headers(port),
    }
