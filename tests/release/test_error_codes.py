"""No error code that AWS's API knows is left without a next step."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import botocore.session
import pytest

from bluegreen.release import error_codes
from bluegreen.release.first_cause import first_cause
from bluegreen.release.snapshot import parse
from bluegreen.release.trouble import Trouble
from bluegreen.release_target import ReleaseTarget

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "docs" / "releases.md").read_text()
MODEL: Any = botocore.session.Session().get_service_model("codedeploy")
OF_ECS = sorted(set(MODEL.shape_for("ErrorCode").enum) - error_codes.NOT_OF_ECS)


def test_every_code_of_the_api_has_a_next_step_or_is_not_of_ecs() -> None:
    assert sorted(error_codes.NEXT_STEPS) == OF_ECS


def test_every_code_that_the_loopback_gives_is_one_of_them() -> None:
    room = PROJECT / "bluegreen" / "loopback" / "codedeploy"
    source = "".join(file.read_text() for file in room.rglob("*.py"))
    codes = set(MODEL.shape_for("ErrorCode").enum)
    given = {one for one in re.findall(r'"([A-Z_]{6,})"', source) if one in codes}
    assert len(given) > 10
    assert given <= set(error_codes.NEXT_STEPS)


@pytest.mark.parametrize("code", OF_ECS)
def test_an_end_with_that_code_has_a_cause_and_its_step(
    target: ReleaseTarget, deployment_info: Callable[..., Any], code: str
) -> None:
    deployment = parse(deployment_info("Failed", errorInformation={"code": code, "message": "some words"}), None)
    found = first_cause(deployment, [], Trouble(), target)
    assert found.cause
    assert "some words" in "\n".join((found.cause, *found.details))
    assert found.next_step
    assert "{" not in found.next_step


@pytest.mark.parametrize("code", OF_ECS)
def test_the_page_tells_what_to_do_about_it(code: str) -> None:
    rows = PAGE.split("## What you see")[1].split("\n## ")[0]
    assert f"`{code}`" in rows
