"""The GitHub action and the examples, run as a runner runs them, against the account."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from .runner import Ended, Runner, evaluated

PROJECT = Path(__file__).parents[4]
ACTION = PROJECT / "action.yml"
EXAMPLES = sorted((PROJECT / "examples/github").glob("*.yml"))
ELSEWHERE = {
    "actions/checkout": "the folder is there already",
    "aws-actions/configure-aws-credentials": "nobody but GitHub signs its tokens",
}
GIVEN = {"vars.RELEASE_ROLE_ARN": "", "vars.RELEASE_REGION": "", "inputs.image-tag": "print-green"}

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


def deploy(runner: Runner, **given: str) -> Ended:
    return runner.action(ACTION, {"environment": "sample", "time-limit": "2m"} | given)


def steps(file: Path) -> list[dict[str, Any]]:
    document = yaml.safe_load(file.read_text())
    jobs = [document["runs"]] if "runs" in document else document["jobs"].values()
    return [step for job in jobs for step in job["steps"]]


@pytest.mark.parametrize("file", [ACTION, *EXAMPLES], ids=lambda file: file.name)
def test_what_callers_give_reaches_a_shell_in_variables_alone(file: Path) -> None:
    assert [step["run"] for step in steps(file) if "${{" in step.get("run", "")] == []


def test_every_input_of_the_action_is_used() -> None:
    inputs = yaml.safe_load(ACTION.read_text())["inputs"]
    used = " ".join(str(one) for step in steps(ACTION) for key, one in step.items() if key != "run")
    assert [name for name in inputs if f"inputs.{name} " not in used] == []


def test_the_action_installs_no_cdktf_and_none_of_what_only_a_rehearsal_needs(machine: Path) -> None:
    (packages,) = (machine / "bluegreen/lib").glob("python3*/site-packages")
    there = {one.name.partition("-")[0] for one in packages.iterdir()}
    assert {"bluegreen", "boto3"} <= there
    assert not {"cdktf", "cdktf_cdktf_provider_aws", "moto", "jsii", "constructs", "aiohttp", "loopback_proxy"} & there


def test_the_action_leaves_its_own_checkout_as_it_was(machine: Path) -> None:
    assert machine.is_dir()
    assert not [name for name in ("build", "bluegreen.egg-info") if (PROJECT / name).exists()]


def test_a_release_leaves_its_outputs_and_a_summary(runner: Runner) -> None:
    ended = deploy(runner, **{"image-tag": "print-blue-3f2a91c", "description": "two words"})
    assert ended.code == 0, ended.err
    assert ended.outputs["outcome"] == "succeeded"
    assert ended.outputs["status"] == "Succeeded"
    assert ended.outputs["deployment-id"].startswith("d-")
    assert ended.outputs["revision"].startswith("rehearsal:")
    assert ended.outputs["reason"] == ""
    assert ended.outputs["revision"] in (runner.folder / "summary.md").read_text()


def test_a_release_of_what_is_live_is_unchanged(runner: Runner) -> None:
    deploy(runner, **{"image-tag": "print-blue-3f2a91c"})
    ended = deploy(runner, **{"image-tag": "print-blue-3f2a91c"})
    assert (ended.code, ended.outputs["outcome"]) == (0, "unchanged")


def test_a_version_that_the_hook_turns_down_fails_the_step_with_its_reason(runner: Runner) -> None:
    ended = deploy(runner, **{"image-tag": "broken"})
    assert ended.code == 1
    assert ended.outputs["outcome"] == "failed"
    assert "/one" in ended.outputs["reason"]
    assert "/one" in (runner.folder / "summary.md").read_text()


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"image-tag": "never-pushed"}, "never-pushed"),
        ({"image-tag": "print-green", "environment": ""}, "which environment?"),
        ({"image-tag": "print-green", "time-limit": "soon"}, "time-limit"),
        ({"image-tag": "$(touch broken-out)`touch broken-out`"}, "broken-out"),
    ],
    ids=lambda one: str(one)[:30],
)
def test_what_cannot_be_released_is_refused_with_its_reason(
    runner: Runner, given: dict[str, str], reason: str, sample: Path
) -> None:
    ended = deploy(runner, **given)
    assert (ended.code, ended.outputs["outcome"]) == (2, "refused")
    assert reason in ended.outputs["reason"]
    assert reason in (runner.folder / "summary.md").read_text()
    assert not (sample / "broken-out").exists()


def test_a_verb_that_the_action_does_not_have_is_refused(runner: Runner) -> None:
    ended = deploy(runner, verb="loopback")
    assert (ended.code, ended.err) == (2, "verb: found loopback, allowed: deploy, rollback, or nothing\n")


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_an_example_for_github_does_what_it_says(file: Path, runner: Runner) -> None:
    deploy(runner, **{"image-tag": "print-blue-3f2a91c"})  # what there is to go back from
    context, ended = dict(GIVEN), []
    for step in steps(file):
        named = step.get("uses", "").partition("@")[0]
        if named in ELSEWHERE:
            continue
        with_ = {name: evaluated(one, context) for name, one in step.get("with", {}).items()}
        done = runner.action(ACTION, with_) if named == "./" else runner.step(step, context)
        context |= {f"steps.{step.get('id')}.outputs.{name}": one for name, one in done.outputs.items()}
        ended.append(done)
    assert [one.code for one in ended] == [0, 0], [one.err for one in ended]
    assert "rehearsal:" in ended[-1].out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["sample", "print-green"], 0, "released print-green to sample"),
        (["sample", "broken"], 1, "broken was not released to sample"),
        (["sample", "never-pushed"], 2, "nothing was done"),
        (["sample"], 2, "usage: release ENVIRONMENT TAG"),
    ],
)
def test_the_example_for_a_plain_shell_ends_with_the_command_s_exit_code(
    runner: Runner, words: list[str], code: int, told: str
) -> None:
    script = f"{PROJECT}/examples/shell/release {' '.join(words)}"
    runner.action(ACTION, {"verb": ""})
    ended = runner.step({"run": script}, {})
    assert ended.code == code, ended.err
    assert ended.err.splitlines()[-1].startswith(told)
