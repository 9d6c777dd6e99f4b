"""A next step fits who made the service: of an imported one it names neither our Makefile nor our settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bluegreen.release import error_codes, hook_verdict, reason_hook, reason_timeout, silence, target_health, task_end
from bluegreen.release.doctor import image_architecture, image_present
from bluegreen.release.hook_function import HookFunction
from bluegreen.release.snapshot import parse
from bluegreen.release.step import Step
from bluegreen.release.target_health import Target
from bluegreen.release.task_end import ContainerEnd, TaskEnd
from bluegreen.release.watchdog import Silence
from bluegreen.release_target import ReleaseTarget
from tests.release.conftest import SAMPLE
from tests.release.test_silence import UNTOLD

Recorded = Callable[..., Any]
IMPORTED = replace(SAMPLE, imported=True)
OURS = ("`make ", "in the settings", "`bluegreen push`")


def test_how_is_said_only_where_it_works() -> None:
    step = Step("give it more", ours="`make deploy ENV={environment}`")
    assert step.fit(SAMPLE) == "give it more (`make deploy ENV=sample`)"
    assert step.fit(IMPORTED) == "give it more"
    assert replace(step, theirs="in its console").fit(IMPORTED) == "give it more (in its console)"


def of_tasks(target: ReleaseTarget) -> Iterator[str]:
    for signs, _ in task_end.NEXT_STEPS:
        yield task_end.next_step(TaskEnd(task_id="1", stop_code="TaskFailedToStart", reason=signs[0]), target)
    killed = (ContainerEnd(name="rust-api", exit_code=137),)
    yield task_end.next_step(TaskEnd(task_id="1", stop_code="", reason="", containers=killed), target)
    for code in target_health.NEXT_STEPS:
        yield target_health.next_step(Target(port=3000, code=code, description=""), target)


def of_the_hook(target: ReleaseTarget, line: Recorded, deployment: Any) -> Iterator[str]:
    function = HookFunction("hook", 30.0, "/aws/lambda/hook")
    for told in (*(signs[0] for signs, _, _ in silence.SIGNS), UNTOLD, ""):
        yield silence.explain(Silence("BeforeAllowTraffic", 51.0), function, [told], target).next_step
    for failure in (*reason_hook.AFTER_FAILURE, "answer"):
        for words in ("/one: no", "identity_proof is on and the AppSpec says nothing"):
            verdict = hook_verdict.parse(line("Failed", words, failure=failure), "d-1NNWZG91L")
            assert verdict
            yield reason_hook.reason_of(deployment, [verdict], target).next_step


def every(target: ReleaseTarget, deployment_info: Recorded, ecs_target: Recorded, verdict_line: Recorded) -> list[str]:
    unconfirmed = parse(
        deployment_info("Stopped", errorInformation={"code": "TIMEOUT", "message": "notification to continue"}),
        ecs_target(),
    )
    waited = reason_timeout.reason_of(unconfirmed, target, None)
    assert waited
    return [
        *(error_codes.next_step(code, target) for code in error_codes.NEXT_STEPS),
        *of_tasks(target),
        *of_the_hook(target, verdict_line, unconfirmed),
        waited.next_step,
        image_present.judge("print-red", target, is_there=False, tags=()).remedy,
        image_architecture.judge(("amd64",), "ARM64", target).remedy,
    ]


def test_of_an_imported_service_no_step_names_what_only_ours_has(
    deployment_info: Recorded, ecs_target: Recorded, verdict_line: Recorded
) -> None:
    steps = every(IMPORTED, deployment_info, ecs_target, verdict_line)
    assert [one for one in steps if any(words in one for words in OURS)] == []
    assert all(steps)


def test_of_ours_the_same_steps_say_how(
    deployment_info: Recorded, ecs_target: Recorded, verdict_line: Recorded
) -> None:
    steps = every(SAMPLE, deployment_info, ecs_target, verdict_line)
    assert {words for words in OURS if any(words in one for one in steps)} == set(OURS)
    assert [one for one in steps if "{" in one] == []
