"""The two stages again; here the real one is a process of its own, so that both fit into one session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.loopback.codedeploy.live_stage import LiveStage
from tests.loopback.program import Program

REGIONS = iter(("us-east-1", "us-east-2", "us-west-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-central-1"))


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """An account in which an AWS minute takes two seconds."""
    program = Program(tmp_path_factory.mktemp("behaviours"))
    yield program
    program.end()


@pytest.fixture
def live(program: Program, tmp_path: Path) -> LiveStage:
    """A region with nothing in it yet, whose targets drain for ten AWS seconds."""
    live = LiveStage(program.endpoint, next(REGIONS), tmp_path)
    delay = {"Key": "deregistration_delay.timeout_seconds", "Value": "10"}
    for arn in live.target_groups.values():
        live.elb.modify_target_group_attributes(TargetGroupArn=arn, Attributes=[delay])
    return live
