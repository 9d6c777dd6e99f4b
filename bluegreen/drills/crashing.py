"""A release whose tasks crash again and again once they have visitors: no person stops it, an alarm does."""

from __future__ import annotations

from .cast import Version
from .scene import Scene


def taken_back(scene: Scene, version: Version, exit_code: int, *words: str) -> None:
    """Release it, and promise that the alarm took it back and that both are told: its value, and how tasks ended."""
    outcome = scene.deploy(version, *words).wait()
    alarm = f"{scene.orders.settings.prefix}-load-balancer-5xx"
    scene.rejected(
        outcome,
        f"an alarm went red: {alarm}: Sum of AWS/ApplicationELB HTTPCode_ELB_5XX_Count was",
        "tasks of the replacement: Essential container in task exited",
        f"exit code {exit_code}",
        f"traffic now: 100 % to {scene.live}",
    )
