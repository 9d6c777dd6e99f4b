"""A deployment that ended badly, and the reason that is told of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bluegreen.release import hook_verdict
from bluegreen.release.first_cause import first_cause
from bluegreen.release.reason import Reason
from bluegreen.release.snapshot import parse
from bluegreen.release.trouble import Trouble
from bluegreen.release_target import ReleaseTarget
from tests.release.reasons.words import ID

Recorded = Callable[..., Any]
Why = Callable[..., Reason]


@pytest.fixture
def ended(deployment_info: Recorded, ecs_target: Recorded) -> Recorded:
    def make(code: str, message: str = "words", status: str = "Failed", **events: str) -> Any:
        error = {"code": code, "message": message}
        return parse(deployment_info(status, errorInformation=error), ecs_target(**events))

    return make


@pytest.fixture
def why(target: ReleaseTarget) -> Why:
    def find(deployment: Any, *lines: str, trouble: Trouble | None = None) -> Reason:
        verdicts = [one for line in lines if (one := hook_verdict.parse(line, ID))]
        return first_cause(deployment, verdicts, trouble or Trouble(), target)

    return find
