"""Amazon ECS: moto's API, with task sets, and tasks that are real processes."""

from __future__ import annotations


def install() -> None:
    """Make every ECS backend of this process one of ours."""
