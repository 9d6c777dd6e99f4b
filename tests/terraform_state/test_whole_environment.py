"""Terraform beside people and releases, on a whole environment whose state is in the bucket."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.loopback.clients import environment
from tests.loopback.program import Program
from tests.terraform_state.history import History, play
from tests.terraform_state.project import BUCKET, Project

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    program = Program(tmp_path_factory.mktemp("loopback"))
    yield program
    program.end()


@pytest.fixture(scope="module")
def history(program: Program, tmp_path_factory: pytest.TempPathFactory, eventually: Callable[..., None]) -> History:
    folder = tmp_path_factory.mktemp("whole")
    project = Project(folder=folder / "project", environ=environment.of(program.endpoint, folder))
    return play(project, program, eventually)


def test_the_plan_is_clean_after_the_first_apply(history: History) -> None:
    assert history.planned_at_first == {}


def test_what_somebody_changes_by_hand_is_planned_and_put_back(history: History) -> None:
    assert list(history.by_hand.values()) == [["update"]]
    assert next(iter(history.by_hand)).startswith("aws_cloudwatch_log_group.")
    assert history.put_back == {}


def test_an_apply_during_a_release_disturbs_neither_release_nor_visitors(history: History) -> None:
    assert "Apply complete!" in history.applied_during_release
    assert history.released.returncode == 0, history.released.stdout + history.released.stderr
    assert len(history.visits) > 100
    assert [visit for visit in history.visits if visit.dropped] == []
    assert {visit.key for visit in history.visits} == {"route_one from Green", "route_one from Blue"}
    assert history.after_release == {}


def test_a_change_of_the_network_leaves_the_service_to_the_next_release(history: History) -> None:
    changed = {address.split(".")[0] for address in history.of_network}
    assert "aws_ecs_service" not in changed
    assert "aws_ssm_parameter" in changed
    assert len(history.before_next_release) == 2
    assert history.next_release.returncode == 0, history.next_release.stdout + history.next_release.stderr
    assert len(history.after_next_release) == 3
    assert history.after_next_release == history.in_target
    assert history.at_last == {}


def test_the_states_of_the_foundation_and_the_environment_lie_apart(history: History, program: Program) -> None:
    listed = program.client("s3").list_objects_v2(Bucket=BUCKET)["Contents"]
    states = [one["Key"] for one in listed if one["Key"].endswith(".tfstate")]
    assert states == ["foundation/terraform.tfstate", "sample/terraform.tfstate"]


def test_a_role_that_only_plans_cannot_release(history: History) -> None:
    assert history.not_granted.returncode != 0
    assert "bluegreen-plan" in history.not_granted.stderr, history.not_granted.stderr
    assert "is not authorized to perform" in history.not_granted.stderr, history.not_granted.stderr
