"""What the loopback does not serve."""


class UnsupportedError(ValueError):
    """A part of a load balancer that the proxy cannot serve, by name."""
