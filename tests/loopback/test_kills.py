"""`kill -9` of anything at any moment: reported, healed as AWS would, and nothing left behind."""

from __future__ import annotations

import random
import subprocess
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from . import victims
from .codedeploy.live_stage import CLUSTER, SERVICE, LiveStage
from .codedeploy.story import appspec
from .program import COMMAND, Program, alive, children

Eventually = Callable[..., None]
LINEAR = {"deploymentConfigName": "CodeDeployDefault.ECSLinear10PercentEvery1Minutes"}
CANARY = {"deploymentConfigName": "CodeDeployDefault.ECSCanary10Percent5Minutes"}
# AWS seconds that a Python program gets to start in, on a machine with other work.
GRACE = 600
ERRORS = ("502", "503", "504", "away")


class Scene:
    """A release stage on a loopback process of its own, and its log."""

    def __init__(self, folder: Path, *, minute: str) -> None:
        self.log = folder / "log"
        self.program = Program(folder / "loopback", "--log", str(self.log), minute=minute)
        (folder / "pages").mkdir()
        self.live = LiveStage(self.program.endpoint, "us-east-1", folder / "pages")
        self.pid = self.program.child.pid

    def start(self, **changes: Any) -> None:
        self.live.start(**changes)
        self.live.ecs.update_service(cluster=CLUSTER, service=SERVICE, healthCheckGracePeriodSeconds=GRACE)

    def visit(self) -> str:
        """Return what a visitor gets: a version, an error's status, or `away`."""
        try:
            return self.live.answer(8000)
        except OSError:
            return "away"

    def running(self) -> list[dict[str, Any]]:
        arns = self.live.ecs.list_tasks(cluster=CLUSTER)["taskArns"]
        return self.live.ecs.describe_tasks(cluster=CLUSTER, tasks=arns)["tasks"] if arns else []

    def stopped(self) -> list[dict[str, Any]]:
        arns = self.live.ecs.list_tasks(cluster=CLUSTER, desiredStatus="STOPPED")["taskArns"]
        return self.live.ecs.describe_tasks(cluster=CLUSTER, tasks=arns)["tasks"] if arns else []

    def weights(self) -> list[int]:
        (listener,) = self.live.elb.describe_listeners(ListenerArns=[self.live.listeners[8000]])["Listeners"]
        return [group["Weight"] for group in listener["DefaultActions"][0]["ForwardConfig"]["TargetGroups"]]


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path, minute="1s")
    yield scene
    scene.program.end()


def test_a_killed_task_is_replaced_and_told_with_exit_code_137(scene: Scene, eventually: Eventually) -> None:
    scene.start(tasks=2)
    eventually(lambda: scene.visit() == "1")
    eventually(lambda: len(victims.tasks(scene.pid)) == 2)
    before = {task["taskArn"] for task in scene.running()}
    victims.kill(victims.tasks(scene.pid)[0])
    eventually(lambda: [task for task in scene.stopped() if task["lastStatus"] == "STOPPED"])
    (dead,) = scene.stopped()
    assert (dead["stopCode"], dead["stoppedReason"]) == (
        "EssentialContainerExited",
        "Essential container in task exited",
    )
    assert dead["containers"][0]["exitCode"] == 137
    eventually(lambda: {task["lastStatus"] for task in scene.running()} == {"RUNNING"} and len(scene.running()) == 2)
    assert len({task["taskArn"] for task in scene.running()} - before) == 1


def test_a_killed_proxy_comes_back_with_the_weights_of_now(scene: Scene, eventually: Eventually) -> None:
    name = "listeners"
    scene.start(**CANARY)
    eventually(lambda: scene.visit() == "1")
    release = scene.live.deploy(appspec(scene.live.version("2")))
    eventually(lambda: sorted(scene.weights()) == [10, 90])
    old = victims.proxies(scene.pid)[name]
    victims.kill(old)
    eventually(lambda: victims.proxies(scene.pid).get(name, old) != old)
    eventually(lambda: scene.visit() in "12")
    assert sorted(scene.weights()) == [10, 90]
    seen = Counter(scene.visit() for _ in range(100))
    assert set(seen) == {"1", "2"}
    assert 2 <= seen["2"] <= 25
    assert f"the proxy `{name}` ended with code -9" in scene.log.read_text()
    eventually(lambda: scene.live.info(release)["status"] == "Succeeded")
    assert scene.visit() == "2"


def test_a_proxy_that_is_killed_again_and_again_comes_back(scene: Scene, eventually: Eventually) -> None:
    scene.start()
    eventually(lambda: scene.visit() == "1")
    killed: set[int] = set()
    while len(killed) < 8:
        fresh = set(victims.proxies(scene.pid).values()) - killed
        for pid in fresh:
            victims.kill(pid)
        killed |= fresh
    eventually(lambda: scene.visit() == "1")


def test_a_killed_reaper_is_reported_and_comes_back(scene: Scene, eventually: Eventually) -> None:
    scene.start()
    eventually(lambda: victims.tasks(scene.pid))
    first = victims.reaper(scene.pid)
    victims.kill(first)
    eventually(lambda: victims.reaper(scene.pid) not in (0, first))
    assert "the reaper ended with code -9" in scene.log.read_text()


def test_the_proxy_of_http_apis_comes_back(scene: Scene, eventually: Eventually) -> None:
    apis = scene.live.client("apigatewayv2")
    api = apis.create_api(Name="a", ProtocolType="HTTP")
    apis.create_stage(ApiId=api["ApiId"], StageName="$default", AutoDeploy=True)

    def answers() -> bool:
        try:
            urllib.request.urlopen(api["ApiEndpoint"], timeout=2)
        except urllib.error.HTTPError as error:
            return error.code == 404
        except OSError:
            return False
        return False

    eventually(answers)
    old = victims.proxies(scene.pid)["apis"]
    victims.kill(old)
    eventually(lambda: victims.proxies(scene.pid).get("apis", old) != old)
    eventually(answers)


def strike(scene: Scene, chance: random.Random) -> str:
    """Kill a process of a kind drawn by chance, a task where there is none of it; return the kind."""
    kind = chance.choice(("task", "proxy", "hook", "reaper"))
    if not victims.of_kind(kind, scene.pid):
        kind = "task"
    if found := victims.of_kind(kind, scene.pid):
        victims.kill(chance.choice(found))
    return kind


@pytest.mark.slow
@pytest.mark.timeout(240)  # the hour of a hook that is silent takes one of them
@pytest.mark.parametrize("seed", [2, 3, 7, 12])
def test_a_release_comes_through_kills_at_random_moments(scene: Scene, eventually: Eventually, seed: int) -> None:
    """A killed hook is silent: only then may the release fail, and its visitors stay where they were."""
    chance = random.Random(seed)  # noqa: S311 - the same moments each time
    scene.start(tasks=2, **LINEAR)
    eventually(lambda: scene.visit() == "1")
    hook, event = scene.live.function("Succeeded"), chance.choice(("AfterInstall", "BeforeAllowTraffic"))
    release = scene.live.deploy(appspec(scene.live.version("2"), {event: hook}))
    seen, killed, reports_after = Counter[str](), Counter[str](), chance.randrange(3, 9)
    for number in range(12):
        time.sleep(chance.uniform(0.1, 1.0))
        if number == reports_after:
            scene.live.gate.touch()
        killed[strike(scene, chance)] += 1
        seen.update(scene.visit() for _ in range(5))
    eventually(lambda: scene.live.info(release)["status"] not in ("Created", "InProgress"), 120.0)
    succeeded = scene.live.info(release)["status"] == "Succeeded"
    assert succeeded or (killed["hook"] and scene.live.events(release)[event] == "Failed"), scene.live.info(release)
    assert set(seen) <= {"1", "2", *ERRORS}
    eventually(lambda: {scene.visit() for _ in range(10)} == ({"2"} if succeeded else {"1"}))
    eventually(lambda: len(victims.tasks(scene.pid)) == (2 if succeeded else 4))
    eventually(lambda: victims.reaper(scene.pid))
    assert sorted(scene.weights()) == [0, 100]
    assert "Traceback" not in scene.log.read_text()


@pytest.mark.slow
def test_a_killed_hook_says_nothing_so_its_event_waits_out_the_hour(tmp_path: Path, eventually: Eventually) -> None:
    scene = Scene(tmp_path, minute="100ms")
    try:
        scene.start()
        eventually(lambda: scene.visit() == "1")
        hook = scene.live.function("Succeeded")
        release = scene.live.deploy(appspec(scene.live.version("2"), {"AfterInstall": hook}))
        eventually(lambda: victims.functions(scene.pid))
        began = time.monotonic()
        victims.kill(victims.functions(scene.pid)[0])
        eventually(lambda: not victims.functions(scene.pid))
        assert scene.live.events(release)["AfterInstall"] == "InProgress"
        eventually(lambda: scene.live.info(release)["status"] == "Failed", 30.0)
        assert time.monotonic() - began > 60 * 0.1 * 0.8
        assert scene.live.events(release)["AfterInstall"] == "Failed"
        assert scene.visit() == "1"
    finally:
        scene.program.end()


def test_a_killed_loopback_leaves_nothing(tmp_path: Path, eventually: Eventually) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    (tmp_path / "pages").mkdir()
    command = ["env", f"TMPDIR={temporary}", *COMMAND, "--minute", "1s"]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert child.stdout
    endpoint = child.stdout.readline().split('"')[3]
    live = LiveStage(endpoint, "us-east-1", tmp_path / "pages")
    live.start(tasks=2, **CANARY)
    hook = live.function("Succeeded")
    live.deploy(appspec(live.version("2"), {"AfterInstall": hook}))
    eventually(lambda: victims.functions(child.pid))
    inside = children(child.pid)
    assert len(inside) >= 5, [victims.command_line(pid) for pid in inside]
    assert list(temporary.iterdir())
    child.kill()
    child.wait()
    child.stdout.close()
    eventually(lambda: not any(alive(pid) for pid in inside))
    eventually(lambda: list(temporary.iterdir()) == [])
