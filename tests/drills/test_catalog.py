"""The drills there are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bluegreen.drills import catalog, plays, project
from bluegreen.drills.variants import ENVIRONMENTS
from bluegreen.settings.traffic_shift import PREDEFINED

PROJECT = Path(__file__).parents[2]
FOLDER = Path(plays.__file__ or "").parent


def test_each_file_is_a_drill_in_the_catalog():
    files = {file.stem for file in FOLDER.glob("*.py")} - {"__init__"}
    assert {name.replace("-", "_") for name in catalog.NAMES} == files


@pytest.mark.parametrize("name", catalog.NAMES)
def test_a_drill_is_called_as_its_file_and_says_what_it_is_for(name: str):
    drill = catalog.load(name)
    assert drill.name == name
    assert drill.purpose.endswith(".")
    assert {drill.risk, drill.lost_risk} <= {"", *PREDEFINED}


def test_an_unknown_drill_is_refused_with_those_there_are():
    with pytest.raises(catalog.UnknownDrillError, match=r"there is no drill nothing; there are all-at-once, .*"):
        catalog.load("nothing")


def test_the_environment_of_the_drills_is_the_users_own_project_with_two_services(tmp_path: Path):
    folder = project.write(project.write(tmp_path, PROJECT), PROJECT)
    assert (folder / "main.py").is_file()
    services = project.services(folder, ENVIRONMENTS["bluegreen"])
    assert {one.service_name for one in services} == {"orders", "billing"}
    assert all(one.alarms.enabled and one.rehearsal for one in services)


def test_the_article_s_environment_differs_in_what_its_hook_asks_and_in_that_nothing_else_watches(tmp_path: Path):
    folder = project.write(tmp_path, PROJECT)
    ours, article = (project.services(folder, ENVIRONMENTS[variant]) for variant in ("bluegreen", "article"))
    for own, other in zip(ours, article, strict=True):
        assert (other.alarms.enabled, other.hook.listener, other.hook.identity_proof) == (False, "production", "off")
        assert [(one["method"], one["path"]) for one in other.checks] == [
            ("HEAD", "/one"),
            ("HEAD", "/two"),
            ("HEAD", "/three"),
        ]
        alike = replace(other, name=own.name, family=own.family, alarms=own.alarms, hook=own.hook, checks=own.checks)
        assert alike == own
