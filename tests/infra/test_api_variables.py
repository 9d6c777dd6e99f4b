"""What the API is told, so that it listens and answers where the settings say that it does."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bluegreen.infra.api_variables import OWN_HEALTH_PATH, OWN_PORT, api_variables
from bluegreen.settings import Settings, load

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def settings() -> Settings:
    return load("sample", PROJECT / "environments")


def test_a_setting_that_is_the_api_s_own_is_not_told(settings: Settings) -> None:
    assert set(api_variables(settings)) == {"SHUTDOWN_SECONDS"}


def test_what_is_taken_for_the_api_s_own_is_its_own() -> None:
    source = (PROJECT / "service_rust" / "src" / "configuration.rs").read_text()
    defaults = dict(re.findall(r'read\("(\w+)", "([^"]*)"\)', source))
    assert (defaults["LISTEN_ADDR"], defaults["HEALTH_PATH"]) == (f"0.0.0.0:{OWN_PORT}", OWN_HEALTH_PATH)


@pytest.mark.parametrize(("path", "told"), [("/healthz", "/healthz"), ("/up?deep=no", "/up")])
def test_another_health_path_and_port_are_told(settings: Settings, path: str, told: str) -> None:
    other = replace(
        settings,
        health_check=replace(settings.health_check, path=path),
        task=replace(settings.task, container_port=8080),
    )
    variables = api_variables(other)
    assert (variables["HEALTH_PATH"], variables["LISTEN_ADDR"]) == (told, "0.0.0.0:8080")
