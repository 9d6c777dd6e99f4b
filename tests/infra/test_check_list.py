"""How the check list travels to the hook."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bluegreen.infra import check_list
from bluegreen.settings import Settings, load

ENVIRONMENTS = Path(__file__).parents[2] / "environments"


@pytest.fixture
def many() -> Settings:
    """An environment whose list Lambda's environment could not hold."""
    checks: tuple[dict[str, object], ...] = tuple({"path": f"/a/rather/long/path/{number}"} for number in range(100))
    return replace(load("sample", ENVIRONMENTS), checks=checks)


def test_a_short_list_is_in_the_environment_where_a_plan_shows_it(hook_zip: Path) -> None:
    sample = load("sample", ENVIRONMENTS)
    assert json.loads(check_list.environment(sample)["CHECKS"]) == list(sample.checks)
    assert check_list.archive(hook_zip, sample) == hook_zip


def test_a_long_list_is_in_the_zip(many: Settings, hook_zip: Path) -> None:
    assert check_list.environment(many) == {"CHECKS_FILE": "checks.json"}
    with zipfile.ZipFile(check_list.archive(hook_zip, many)) as archive:
        assert archive.namelist() == ["bootstrap", "checks.json"]
        assert json.loads(archive.read("checks.json")) == list(many.checks)


def test_the_zip_with_a_list_is_the_same_every_time(many: Settings, hook_zip: Path) -> None:
    first = check_list.archive(hook_zip, many).read_bytes()
    assert check_list.archive(hook_zip, many).read_bytes() == first
