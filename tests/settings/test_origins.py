"""`bluegreen settings`: what holds, and where it comes from."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bluegreen import cli
from bluegreen.settings import load
from bluegreen.settings.origins import Effective, effective

BASE = """
log_retention = 30
[task]
cpu = 512
memory = 1024
[task.environment]
LOG = "info"
COLOR = "Blue"
"""
OWN = """
extends = "base"
[task]
memory = 2048
[task.environment]
LOG = "debug"
[services.orders]
routes = ["GET /orders"]
[services.orders.task]
cpu = 1024
[services.billing]
routes = ["GET /bills"]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two environments, and two services in one of them."""
    folder = tmp_path / "environments"
    folder.mkdir()
    (folder / "base.toml").write_text(BASE)
    (folder / "own.toml").write_text(OWN)
    monkeypatch.chdir(tmp_path)
    return folder


def by_key(found: tuple[Effective, ...]) -> dict[str, tuple[object, str]]:
    return {one.key: (one.value, one.origin) for one in found}


def run(*words: str) -> str:
    result = CliRunner().invoke(cli.app, ["settings", *words])
    assert result.exit_code == 0, result.output
    return result.output


def test_each_setting_is_from_the_last_file_that_says_it_or_a_default(project: Path) -> None:
    found = by_key(effective("own"))
    assert found["log_retention"] == (30, "environments/base.toml")
    assert found["task.cpu"] == (512, "environments/base.toml")
    assert found["task.memory"] == (2048, "environments/own.toml")
    assert found["task.stop_timeout"] == (30, "default")


def test_each_variable_is_from_a_file_of_its_own(project: Path) -> None:
    found = by_key(effective("own"))
    assert found["task.environment.LOG"] == ("debug", "environments/own.toml")
    assert found["task.environment.COLOR"] == ("Blue", "environments/base.toml")


def test_a_service_has_its_own_over_its_environment_s_and_takes_no_family_over(project: Path) -> None:
    (project / "base.toml").write_text(f'family = "base"\n{BASE}')
    found = by_key(effective("own", "orders"))
    assert found["task.cpu"] == (1024, "environments/own.toml")
    assert found["log_retention"] == (30, "environments/base.toml")
    assert found["family"] == ("own-orders", "default")
    assert found["routes"] == (("GET /orders",), "environments/own.toml")


def test_the_text_is_toml_that_says_what_load_returns(project: Path) -> None:
    table = tomllib.loads(run("own"))
    settings = load("own")
    assert table["task"]["memory"] == settings.task.memory
    assert tuple(table["network"]["endpoints"]) == settings.network.endpoints
    assert tuple(table["checks"]) == settings.checks


def test_a_text_with_marks_of_toml_stays_itself(project: Path) -> None:
    odd = 'a "b" \\ c\td # e'
    (project / "base.toml").write_text(f"[task.environment]\nODD = {json.dumps(odd)}\n")
    assert tomllib.loads(run("base"))["task"]["environment"]["ODD"] == odd


def test_services_are_pointed_at(project: Path) -> None:
    assert run("own").endswith("# Its services have their own over these: --service orders or billing\n")
    assert "--service" not in run("own", "--service", "orders")


def test_the_json_has_a_value_and_an_origin_by_each_key(project: Path) -> None:
    document = json.loads(run("own", "--service", "orders", "--json"))
    assert (document["environment"], document["service"]) == ("own", "orders")
    assert document["settings"]["task.cpu"] == {"value": 1024, "from": "environments/own.toml"}


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["nowhere"], "nowhere.toml: no such environment; in environments there are: base, own"),
        (["own", "--service", "x"], "environments/own.toml: services: found 'x', allowed: one of orders, billing"),
        (["base", "--service", "x"], "allowed: none: the environment has one service, without a name"),
    ],
)
def test_what_is_not_there_is_refused_in_one_line(
    project: Path, words: list[str], refusal: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main(["settings", *words])
    assert end.value.code == 2
    assert refusal in capsys.readouterr().err
