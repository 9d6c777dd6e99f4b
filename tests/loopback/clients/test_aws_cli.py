"""`aws`, as a user types it.

Its waiters ask every 15 real seconds, so the commands that wait run side by side, each in a region of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.loopback.clients.aws_cli import AwsCli, Said
from tests.loopback.codedeploy.live_stage import CLUSTER, CONTAINER, PORT, REPOSITORY, SERVICE, LiveStage
from tests.loopback.codedeploy.story import appspec, rollback_on, waits
from tests.loopback.program import Program

NAMES = ("--codedeploy-application", "a", "--codedeploy-deployment-group", "g")
GROUP = ("--application-name", "a", "--deployment-group-name", "g")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A region with a service in it, and the command there."""

    live: LiveStage
    aws: AwsCli
    folder: Path

    def deploy(self, *, port: int = PORT) -> Said:
        """Run `aws ecs deploy` with files; it registers the task definition and waits by itself."""
        self.live.version("2")
        definition, specification = self.folder / "definition.json", self.folder / "appspec.json"
        definition.write_text(json.dumps(_definition("2")))
        specification.write_text(appspec("<a placeholder>", port=port))
        files = ("--task-definition", str(definition), "--codedeploy-appspec", str(specification))
        return self.aws("ecs", "deploy", "--service", SERVICE, "--cluster", CLUSTER, *files, *NAMES)

    def create_and_wait(self) -> Said:
        """Run `aws deploy create-deployment` and then `aws deploy wait`, which finds it unfinished."""
        content = appspec(self.live.version("2"))
        revision = json.dumps({"revisionType": "AppSpecContent", "appSpecContent": {"content": content}})
        made = self.aws("deploy", "create-deployment", *GROUP, "--revision", revision)
        return self.wait(json.loads(made.output)["deploymentId"])

    def wait(self, deployment_id: str) -> Said:
        return self.aws("deploy", "wait", "deployment-successful", "--deployment-id", deployment_id)

    def deployments(self) -> list[str]:
        """Return what `aws deploy list-deployments` lists."""
        return json.loads(self.aws("deploy", "list-deployments", *GROUP).output)["deployments"]


def _definition(version: str) -> dict[str, Any]:
    container = {"name": CONTAINER, "image": f"{REPOSITORY}:{version}", "portMappings": [{"containerPort": PORT}]}
    return {
        "family": "f",
        "networkMode": "awsvpc",
        "requiresCompatibilities": ["FARGATE"],
        "cpu": "256",
        "memory": "512",
        "containerDefinitions": [container],
    }


@dataclass(frozen=True, kw_only=True)
class Commands:
    """Three commands that wait, each in its place, begun together."""

    good: Place
    bad: Place
    plain: Place
    deployed: Future[Said]
    failed: Future[Said]
    waited: Future[Said]


@pytest.fixture(scope="module")
def commands(program: Program, environ: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Commands:
    def place(region: str) -> Place:
        folder = tmp_path_factory.mktemp(region)
        live = LiveStage(program.endpoint, region, folder)
        live.start(autoRollbackConfiguration=rollback_on("FAILURE"))
        return Place(live=live, aws=AwsCli(environ, region), folder=folder)

    good, bad, plain = place("us-east-1"), place("eu-west-1"), place("eu-west-2")
    with ThreadPoolExecutor() as together:
        deployed = together.submit(good.deploy)
        failed = together.submit(bad.deploy, port=443)
        waited = together.submit(plain.create_and_wait)
    return Commands(good=good, bad=bad, plain=plain, deployed=deployed, failed=failed, waited=waited)


def test_aws_ecs_deploy_releases_and_waits(commands: Commands) -> None:
    said = commands.deployed.result()
    assert said.code == 0, said.errors
    assert said.output.splitlines()[-1].endswith(f"to service '{SERVICE}'")
    assert commands.good.live.answer(8000) == "2"


def test_aws_ecs_deploy_of_what_fails_ends_in_255(commands: Commands) -> None:
    said = commands.failed.result()
    assert said.code == 255
    assert "Waiter DeploymentSuccessful failed" in said.errors
    (deployment,) = commands.bad.deployments()
    assert commands.bad.live.info(deployment)["errorInformation"]["code"] == "ECS_UPDATE_ERROR"
    assert commands.bad.live.answer(8000) == "1"


def test_aws_deploy_wait_outlasts_a_deployment(commands: Commands) -> None:
    said = commands.waited.result()
    assert said.code == 0, said.errors
    assert commands.plain.live.answer(8000) == "2"


def test_aws_deploy_wait_tells_at_once_what_is_over(commands: Commands) -> None:
    (succeeded,), (failed,) = commands.plain.deployments(), commands.bad.deployments()
    assert commands.plain.wait(succeeded).code == 0
    assert commands.bad.wait(failed).code == 255


def test_aws_deploy_names_the_error_as_on_aws(commands: Commands) -> None:
    said = commands.plain.aws("deploy", "get-deployment", "--deployment-id", "d-000000000")
    assert said.code != 0
    assert "An error occurred (DeploymentDoesNotExistException) when calling the GetDeployment operation" in said.errors


def test_aws_deploy_stops_and_lists_the_newest_first(commands: Commands, eventually: Callable[..., None]) -> None:
    place, (first,) = commands.plain, commands.plain.deployments()
    place.live.codedeploy.update_deployment_group(
        applicationName="a",
        currentDeploymentGroupName="g",
        blueGreenDeploymentConfiguration=waits(ready=600),  # for the command takes seconds to start
    )
    second = place.live.deploy(appspec(place.live.version("3")))
    eventually(lambda: place.live.info(second)["status"] == "Ready")
    stopped = place.aws("deploy", "stop-deployment", "--deployment-id", second, "--auto-rollback-enabled")
    assert json.loads(stopped.output)["status"] in ("Pending", "Succeeded")
    eventually(lambda: place.live.info(second)["status"] == "Stopped")
    assert [one for one in place.deployments() if one in (first, second)] == [second, first]
