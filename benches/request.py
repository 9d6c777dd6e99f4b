"""What a request through a load balancer of the loopback costs, beside a plain Caddy before the same target."""

from __future__ import annotations

from . import proxy
from .figure import Figure

ROUNDS = 7


def measure() -> Figure:
    """Take turns, so that other work on the machine meets both."""
    with proxy.contestants() as (plain, balancer):
        for one in (plain, balancer):
            one.round()
            one.processor.clear()  # the first requests open the connections behind the proxy
        for _ in range(ROUNDS):
            plain.round()
            balancer.round()
        return Figure(
            what="load balancer: processor time of a request",
            values=[microseconds / 1e6 for microseconds in balancer.processor],
            reference="a plain Caddy reverse proxy",
            reference_values=[microseconds / 1e6 for microseconds in plain.processor],
        )
