"""What will run: the image, the template, and the service that runs now."""

from __future__ import annotations

from typing import Any

import pytest

from bluegreen.release.configuration import Change
from bluegreen.release.doctor import (
    change,
    image_architecture,
    image_present,
    leftovers,
    service_steady,
    template_there,
)
from bluegreen.release.doctor.finding import Finding, Level
from bluegreen.release.plan import Plan
from bluegreen.release_target import ReleaseTarget
from tests.release.conftest import SAMPLE

OPTIONS = "--environment sample"
APPLY = "`make deploy ENV=sample`"
TEMPLATE: dict[str, Any] = {
    "taskDefinitionArn": "arn:aws:ecs:us-east-1:123456789012:task-definition/rust-blue-green:1",
    "status": "ACTIVE",
    "containerDefinitions": [{"name": "rust-api", "portMappings": [{"containerPort": 3000}]}],
}


def test_an_image_that_is_there_is_sound_and_one_that_is_not_names_those_that_are() -> None:
    assert image_present.judge("print-blue", SAMPLE, is_there=True, tags=()).level is Level.OK
    found = image_present.judge("print-red", SAMPLE, is_there=False, tags=("print-blue", "print-green"))
    assert (found.level, found.found) == (
        Level.ERROR,
        "rust-blue-green has no image print-red; the newest tags: print-blue, print-green",
    )


@pytest.mark.parametrize(
    ("found", "level"),
    [(("arm64",), Level.OK), (("amd64", "arm64"), Level.OK), (("amd64",), Level.ERROR), ((), Level.WARNING)],
)
def test_an_image_has_to_be_for_the_machines_of_the_tasks(found: tuple[str, ...], level: Level) -> None:
    said = image_architecture.judge(found, "ARM64", SAMPLE)
    assert said.level is level
    assert ("linux/arm64" in said.remedy) == (level is not Level.OK)


def test_an_index_names_its_linux_platforms_and_no_attestation() -> None:
    platforms = [("linux", "arm64"), ("windows", "amd64"), ("unknown", "unknown"), ("linux", "arm64")]
    manifests = [{"platform": {"os": os, "architecture": one}} for os, one in platforms]
    assert image_architecture.of_index({"manifests": manifests}) == ("arm64",)


def test_a_template_that_can_be_released_is_sound(target: ReleaseTarget) -> None:
    assert template_there.judge(TEMPLATE, target, APPLY).level is Level.OK


@pytest.mark.parametrize(
    ("more", "level", "words"),
    [
        ({"status": "INACTIVE"}, Level.WARNING, "is INACTIVE: somebody deregistered it"),
        ({"containerDefinitions": [{"name": "web"}]}, Level.ERROR, "has no container rust-api, it has: web"),
        ({"containerDefinitions": [{"name": "rust-api"}]}, Level.ERROR, "maps no port 3000, it maps: none"),
    ],
)
def test_a_template_that_cannot_is_told(target: ReleaseTarget, more: Any, level: Level, words: str) -> None:
    found = template_there.judge({**TEMPLATE, **more}, target, APPLY)
    assert found.level is level
    assert words in found.found


def service(*others: dict[str, Any], **primary: Any) -> dict[str, Any]:
    steady = {"computedDesiredCount": 2, "runningCount": 2, "pendingCount": 0, "stabilityStatus": "STEADY_STATE"}
    events = [{"message": "(service sample) was unable to place a task."}]
    arn = "arn:aws:ecs:us-east-1:123456789012:task-definition/rust-blue-green:4"
    one = {"id": "ecs-svc/1", "status": "PRIMARY", "taskDefinition": arn, **steady, **primary}
    return {"taskSets": [one, *({"taskDefinition": arn, **other} for other in others)], "events": events}


def steady(found: dict[str, Any]) -> Finding:
    return service_steady.judge(found, OPTIONS)


def test_a_steady_service_is_sound() -> None:
    assert steady(service()) == Finding(Level.OK, "2 of 2 tasks run")


@pytest.mark.parametrize(
    ("primary", "words"),
    [
        ({"computedDesiredCount": 5}, "2 of 5 tasks run"),
        (
            {"runningCount": 1, "pendingCount": 1},
            "1 of 2 tasks run, 1 are starting; ECS says: (service sample) was unable",
        ),
        ({"stabilityStatus": "STABILIZING"}, "2 of 2 tasks run"),
        ({"computedDesiredCount": 0, "runningCount": 0}, "the service wants no tasks"),
    ],
)
def test_a_service_that_scales_or_mends_itself_is_a_warning(primary: dict[str, Any], words: str) -> None:
    found = steady(service(**primary))
    assert found.level is Level.WARNING
    assert words in found.found


def test_a_service_without_a_primary_task_set_is_an_error() -> None:
    assert steady({"taskSets": []}).level is Level.ERROR
    assert steady(service(status="ACTIVE")).level is Level.ERROR


def test_a_status_that_is_new_is_no_error() -> None:
    assert steady(service(status="FOREMOST")).level is Level.WARNING


def test_a_task_set_of_a_stopped_release_is_a_warning_with_the_command_that_takes_it_away(
    target: ReleaseTarget,
) -> None:
    drains = {"id": "ecs-svc/2", "status": "DRAINING"}
    assert leftovers.judge(service(drains), target, []).level is Level.OK
    found = leftovers.judge(service({"id": "ecs-svc/3", "status": "ACTIVE"}), target, [])
    assert found.level is Level.WARNING
    assert "ecs-svc/3 of rust-blue-green:4" in found.found
    command = "aws ecs delete-task-set --cluster sample-cluster --service sample-service --force --task-set ecs-svc/3"
    assert f"`{command}`" in found.remedy


def test_a_task_set_that_still_has_traffic_is_not_to_be_taken_away(target: ReleaseTarget) -> None:
    def group(side: str) -> str:
        return f"arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/{side}/50dc"

    left = {
        "id": "ecs-svc/3",
        "status": "ACTIVE",
        "externalId": "d-4",
        "loadBalancers": [{"targetGroupArn": group("g")}],
    }
    shares = [{"TargetGroupArn": group("b"), "Weight": 90}, {"TargetGroupArn": group("g"), "Weight": 10}]
    forward = [{"Type": "forward", "ForwardConfig": {"TargetGroups": shares}}]
    found = leftovers.judge(service(left), target, forward)
    assert "divided, since d-4 was not carried through: 90 % to " in found.found
    assert found.remedy.startswith("`bluegreen rollback --environment sample` gives all of it")
    shares[1]["Weight"] = 0
    assert "delete-task-set" in leftovers.judge(service(left), target, forward).remedy


def plan(*differences: str, changes: tuple[Change, ...] = ()) -> Plan:
    return Plan(
        live="rust-blue-green:4",
        template="rust-blue-green:6",
        image="i@sha256:1",
        tag="",
        fields={},
        differences=differences,
        changes=changes,
    )


MORE = (Change("cpu", "256", "512"),)


@pytest.mark.parametrize(
    ("found", "names_image", "level", "words"),
    [
        (plan("containerDefinitions"), True, Level.OK, "a release changes containerDefinitions of rust-blue-green:4"),
        (
            plan("cpu", changes=MORE),
            True,
            Level.OK,
            "rust-blue-green:6 is newer than rust-blue-green:4: cpu 256 -> 512",
        ),
        (plan(), True, Level.WARNING, "rust-blue-green:4 is live and already is what would be released"),
        (plan(), False, Level.OK, "rust-blue-green:4 is what the template says"),
        (plan("cpu", changes=MORE), False, Level.OK, "cpu 256 -> 512; a release brings that"),
    ],
)
def test_what_a_release_would_change_is_told(found: Plan, names_image: bool, level: Level, words: str) -> None:
    said = change.judge(found, names_image=names_image)
    assert said.level is level
    assert words in said.found
