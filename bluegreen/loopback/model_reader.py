"""One reader of botocore's service models for all sessions of this process.

moto makes three sessions while EC2 is imported, and each would parse EC2's model and the list of all endpoints anew: a
third of the time that a loopback takes to start.
"""

from __future__ import annotations

import functools

import botocore.session


def share() -> None:
    """Let all sessions made from now on read through the same cache."""
    if not hasattr(botocore.session.create_loader, "cache_info"):
        botocore.session.create_loader = functools.cache(botocore.session.create_loader)
