"""What the API is told, so that it answers health checks where the settings say that they are asked."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bluegreen.infra.api_variables import OWN_HEALTH_PATH, OWN_ROUTES, api_variables
from bluegreen.settings import Settings, load

PROJECT = Path(__file__).parents[2]
API = PROJECT / "service_rust" / "src"


@pytest.fixture
def settings() -> Settings:
    return load("sample", PROJECT / "environments")


def asked_at(settings: Settings, path: str) -> Settings:
    return replace(settings, health_check=replace(settings.health_check, path=path))


def test_a_setting_that_is_the_api_s_own_is_not_told(settings: Settings) -> None:
    assert set(api_variables(settings)) == {"SHUTDOWN_SECONDS"}


def test_what_is_taken_for_the_api_s_own_is_its_own() -> None:
    defaults = dict(re.findall(r'read\("(\w+)", "([^"]*)"\)', (API / "configuration.rs").read_text()))
    assert defaults["HEALTH_PATH"] == OWN_HEALTH_PATH
    assert set(re.findall(r'"(/\w*)"', (API / "routes.rs").read_text().partition("#[cfg(test)]")[0])) >= set(OWN_ROUTES)


@pytest.mark.parametrize(("path", "told"), [("/healthz", "/healthz"), ("/up?deep=no", "/up"), ("/a/b.c~d_e-f", None)])
def test_another_health_path_is_told(settings: Settings, path: str, told: str | None) -> None:
    assert api_variables(asked_at(settings, path))["HEALTH_PATH"] == (told or path)


@pytest.mark.parametrize("path", [*OWN_ROUTES, "/one?x=1", "/a%20b", "/a:b", "/" + "a" * 128])
def test_a_path_that_the_api_would_refuse_is_not_told(settings: Settings, path: str) -> None:
    assert "HEALTH_PATH" not in api_variables(asked_at(settings, path))


def test_what_a_secret_tells_is_not_told_twice(settings: Settings) -> None:
    secret = replace(settings, task=replace(settings.task, secrets={"HEALTH_PATH": "/shop/health-path"}))
    assert "HEALTH_PATH" not in api_variables(asked_at(secret, "/up"))
