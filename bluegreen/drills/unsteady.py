"""A release whose tasks never get steady, and the person who reads so and stops it."""

from __future__ import annotations

from bluegreen.rehearsal.command_line import Running

from . import another_client
from .cast import Version
from .scene import LIMIT, Scene
from .service import until

CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"


def until_told(scene: Scene, version: Version, *words: str) -> None:
    """Release it in canary steps, stop it once the watch names the words, and promise that it was taken back."""
    running, deployment_id = scene.started(version, "--config", CANARY)
    stopped_when_told(scene, running, deployment_id, *words)


def by_another_client(scene: Scene, tag: str, *words: str) -> None:
    """Release an image past `bluegreen deploy`, which refuses it, and promise that it gets no further than Install."""
    deployment_id = another_client.deploy(scene, f"{scene.orders.target.repository}:{tag}")
    watch = scene.start("watch", deployment_id)
    stopped_when_told(scene, watch, deployment_id, *words)
    ended = {name: scene.event(deployment_id, name) for name in ("Install", "AllowTestTraffic", "AllowTraffic")}
    told = ", ".join(f"{name} {status}" for name, status in ended.items())
    scene.promise("it got no further than Install", list(ended.values()) == ["Failed", "Skipped", "Skipped"], told)


def stopped_when_told(scene: Scene, running: Running, deployment_id: str, *words: str) -> None:
    """Stop a release once the command that watches it names the words, and promise that it was taken back.

    An alarm may be faster than the person.
    """
    until(lambda: _told(running, words) or running.process.exit_code() is not None, LIMIT, f"a word of {words}")
    scene.mark("the watch has told what is wrong")
    scene.stop(deployment_id)
    scene.rejected(running.wait(), *words)


def _told(running: Running, words: tuple[str, ...]) -> bool:
    return all(any(word in line for line in running.lines) for word in words)
