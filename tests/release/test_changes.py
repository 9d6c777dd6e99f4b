from collections.abc import Callable
from typing import Any

from bluegreen.release.changes import Sides, changes
from bluegreen.release.snapshot import Snapshot, parse

Recorded = Callable[..., Any]
SIDES = Sides("rust-blue-green:3", "rust-blue-green:5")


def texts(before: Snapshot | None, now: Snapshot) -> list[str]:
    return [" ".join(event.text.split()) for event in changes(before, now, SIDES, "--environment sample")]


def test_nothing_is_told_twice(deployment_info: Recorded, ecs_target: Recorded) -> None:
    now = parse(deployment_info(), ecs_target(BeforeInstall="Succeeded", Install="InProgress"))
    assert texts(now, now) == []


def test_a_deployment_without_a_target_yet_has_a_status(deployment_info: Recorded) -> None:
    assert texts(None, parse(deployment_info("Created"), None)) == ["d-1NNWZG91L Created"]


def test_an_event_is_told_when_it_begins_and_when_it_ends_with_its_seconds(
    deployment_info: Recorded, ecs_target: Recorded
) -> None:
    first = parse(deployment_info(), ecs_target(Install="InProgress"))
    second = parse(deployment_info(), ecs_target(Install="Succeeded"))
    assert "Install InProgress" in texts(None, first)
    assert texts(first, second) == ["Install Succeeded 1.5 s"]


def test_an_event_carries_the_time_at_which_it_happened(deployment_info: Recorded, ecs_target: Recorded) -> None:
    now = parse(deployment_info(), ecs_target(Install="Succeeded"))
    (install,) = (event for event in changes(None, now, SIDES, "--environment sample") if event.kind == "lifecycle")
    assert install.at == now.lifecycle[1].end


def test_an_event_missed_between_two_looks_is_told_once(deployment_info: Recorded, ecs_target: Recorded) -> None:
    first = parse(deployment_info(), ecs_target())
    second = parse(deployment_info(), ecs_target(BeforeInstall="Succeeded", Install="Succeeded"))
    assert texts(first, second) == ["BeforeInstall Succeeded 1.5 s", "Install Succeeded 1.5 s"]


def test_weights_are_told_with_the_revisions_that_get_them(deployment_info: Recorded, ecs_target: Recorded) -> None:
    first, second = parse(deployment_info(), ecs_target()), parse(deployment_info(), ecs_target(blue=90.0))
    assert texts(first, second) == ["traffic rust-blue-green:3 90 %, rust-blue-green:5 10 %"]


def test_the_ready_wait_says_how_to_go_on(deployment_info: Recorded, ecs_target: Recorded) -> None:
    first, second = parse(deployment_info(), ecs_target()), parse(deployment_info("Ready"), ecs_target())
    assert "`bluegreen continue d-1NNWZG91L --environment sample` goes on at once" in texts(first, second)[-1]


def test_the_termination_wait_says_how_long(deployment_info: Recorded, ecs_target: Recorded) -> None:
    first = parse(deployment_info(), ecs_target())
    second = parse(deployment_info(instanceTerminationWaitTimeStarted=True), ecs_target())
    assert texts(first, second)[-1].startswith("waits 5 min at most (termination wait)")


def test_a_status_that_is_not_known_is_not_the_end(deployment_info: Recorded) -> None:
    assert not parse(deployment_info("Baking"), None).over


def test_failed_and_skipped_events_are_told(deployment_info: Recorded, ecs_target: Recorded) -> None:
    first = parse(deployment_info(), ecs_target(BeforeAllowTraffic="InProgress"))
    second = parse(deployment_info("Failed"), ecs_target(BeforeAllowTraffic="Failed", AllowTraffic="Skipped"))
    assert texts(first, second) == ["BeforeAllowTraffic Failed 1.5 s", "AllowTraffic Skipped"]
    assert second.failed_event == "BeforeAllowTraffic"


def test_task_counts_are_told_when_they_change(deployment_info: Recorded, ecs_target: Recorded) -> None:
    first, target = parse(deployment_info(), ecs_target()), ecs_target()
    target["taskSetsInfo"][1].update(runningCount=0, pendingCount=1)
    (event,) = changes(first, parse(deployment_info(), target), SIDES, "--environment sample")
    assert " ".join(event.text.split()) == "tasks running rust-blue-green:3 1 of 1, rust-blue-green:5 0 of 1"
    assert [one["pending"] for one in event.fields["task_sets"]] == [0, 1]


def test_a_rollback_is_told_to_who_has_watched(deployment_info: Recorded) -> None:
    first = parse(deployment_info(), None)
    second = parse(deployment_info("Failed", rollbackInfo={"rollbackDeploymentId": "d-BACK"}), None)
    assert texts(first, second) == ["d-1NNWZG91L Failed; d-BACK rolls back"]
    assert texts(None, second) == []


def test_names_that_are_not_known_are_told_as_they_are(deployment_info: Recorded, ecs_target: Recorded) -> None:
    target = ecs_target()
    target["lifecycleEvents"][0].update(lifecycleEventName="Rehearse", status="Pondering")
    target["taskSetsInfo"][1].update(taskSetLabel="Teal", status="DOZING")
    told = texts(None, parse(deployment_info("Simmering"), target))
    assert "d-1NNWZG91L Simmering" in told
    assert "Rehearse Pondering" in told
    assert any(line.endswith("Teal 0 %") for line in told)


def test_what_is_missing_from_an_answer_is_empty() -> None:
    now = parse({}, {"lifecycleEvents": [{}], "taskSetsInfo": [{}]})
    assert (now.status, now.lifecycle[0].name, now.task_sets[0].label) == ("", "", "")
