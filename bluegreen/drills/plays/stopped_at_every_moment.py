"""A person who stops a release, at each moment at which it waits for something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bluegreen.drills import group, hook
from bluegreen.drills.cast import Version, misbehaving
from bluegreen.drills.drill import Drill
from bluegreen.drills.scene import LIMIT, Scene
from bluegreen.drills.service import until
from bluegreen.rehearsal.command_line import Running

CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
NEVER_READY = misbehaving("never-ready", "exit")
NEVER_ANSWERS = misbehaving("never-answers", "hang")


def play(scene: Scene) -> None:
    _before_anything(scene)
    _at(scene, "Install", NEVER_READY)
    _in_the_hook(scene, "AfterInstall")
    _in_the_hook(scene, "AfterAllowTestTraffic")
    with group.waits(scene.orders, ready=60), _stopped(scene, scene.good) as deployment_id:
        scene.until_status(deployment_id, "Ready")
    _at(scene, "AllowTraffic", scene.good, "--config", CANARY)
    _in_the_last_hook(scene)
    with group.waits(scene.orders, termination=30), _stopped(scene, scene.good) as deployment_id:
        until(lambda: scene.status(deployment_id).get("instanceTerminationWaitTimeStarted"), LIMIT, "the last wait")
    # At last: what the hook still asks ends with 502, and an alarm that turns red for it would stop the next release.
    _at(scene, "BeforeAllowTraffic", NEVER_ANSWERS)


def _before_anything(scene: Scene) -> None:
    """Stop a release in BeforeInstall: nothing has begun that CodeDeploy could take back."""
    with hook.called_at(scene, "BeforeInstall", "BeforeAllowTraffic"), hook.replaced(scene, "silent"):
        running, deployment_id = scene.started(scene.good, "--skip-verify")
        scene.until_event(deployment_id, "BeforeInstall")
        _stop(scene, running, deployment_id)
    _ended_in(scene, deployment_id, "BeforeInstall")


def _at(scene: Scene, event: str, version: Version, *words: str) -> None:
    """Stop a release in a lifecycle event that lasts."""
    with _stopped(scene, version, *words) as deployment_id:
        scene.until_event(deployment_id, event)
    _ended_in(scene, deployment_id, event)


def _in_the_hook(scene: Scene, event: str) -> None:
    """Stop a release in a lifecycle event before the shift, which lasts as its hook is silent."""
    with hook.called_at(scene, event, "BeforeAllowTraffic"), hook.replaced(scene, "silent"):
        _at(scene, event, scene.good, "--skip-verify")


def _in_the_last_hook(scene: Scene) -> None:
    """Stop a release in AfterAllowTraffic: the version has passed, and its hook turns silent while traffic moves."""
    with hook.called_at(scene, "BeforeAllowTraffic", "AfterAllowTraffic"):
        running, deployment_id = scene.started(scene.good, "--config", CANARY)
        scene.until_event(deployment_id, "AllowTraffic")
        with hook.replaced(scene, "silent"):
            scene.until_event(deployment_id, "AfterAllowTraffic")
            _stop(scene, running, deployment_id)
    _ended_in(scene, deployment_id, "AfterAllowTraffic")


@contextmanager
def _stopped(scene: Scene, version: Version, *words: str) -> Iterator[str]:
    """Start a release, let the drill wait for its moment, and stop it there."""
    running, deployment_id = scene.started(version, *words)
    yield deployment_id
    _stop(scene, running, deployment_id)


def _stop(scene: Scene, running: Running, deployment_id: str) -> None:
    """Stop it, and promise that all is as before."""
    stopped = scene.stop(deployment_id)
    scene.promise("it is stopped as wanted", stopped.code == 0, f"exit code {stopped.code}")
    scene.rejected(running.wait(), "The deployment was stopped by a user")
    live = scene.orders.live.revision()
    scene.promise("the version before is live", live == scene.live, live)


def _ended_in(scene: Scene, deployment_id: str, event: str) -> None:
    """Promise that the stop came in that very lifecycle event: neither before nor after."""
    status = scene.event(deployment_id, event)
    scene.promise(f"it ended in {event}", status == "Failed", status)


DRILL = Drill(
    name="stopped-at-every-moment",
    kind="bad luck",
    purpose="A release is stopped by hand in every lifecycle event that can last, and in both waits.",
    play=play,
    long=True,
)
