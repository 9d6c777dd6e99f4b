"""S3 where moto reads a bucket's policy without its conditions."""

from __future__ import annotations

from . import bucket_policy


def install() -> None:
    """Put right what differs from S3."""
    bucket_policy.install()
