"""A release whose tasks never get steady, and the person who reads so and stops it."""

from __future__ import annotations

from .cast import Version
from .scene import LIMIT, Scene
from .service import until

CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"


def until_told(scene: Scene, version: Version, *words: str) -> None:
    """Release it in canary steps, stop it once the watch names the words, and promise that it was taken back."""
    running, deployment_id = scene.started(version, "--config", CANARY)
    until(lambda: all(any(word in line for line in running.lines) for word in words), LIMIT, f"a word of {words}")
    scene.mark("the watch has told what is wrong")
    scene.stop(deployment_id)
    scene.rejected(running.wait(), *words)
