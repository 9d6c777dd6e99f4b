"""Several services in one environment: what each has for itself, and what they may not share."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bluegreen.settings import Settings, SettingsError, check_apart, load

Load = Callable[[str], Settings]

TWO = '[services.orders]\nroutes = ["GET /one"]\n[services.billing]\nroutes = ["GET /two"]\n'


@pytest.fixture
def loaded(tmp_path: Path) -> Load:
    """Return a function that loads an environment `it` with the given text."""

    def loaded(text: str) -> Settings:
        (tmp_path / "it.toml").write_text(text)
        return load("it", tmp_path)

    return loaded


def test_an_environment_without_the_table_is_its_only_service(loaded: Load) -> None:
    settings = loaded("")
    assert settings.of_services() == (settings,)
    assert (settings.service_name, settings.prefix) == ("", "it")


def test_a_service_has_the_environment_s_values_and_its_own_over_them(loaded: Load) -> None:
    settings = loaded(
        f"test_port = 9090\n[task]\ncpu = 512\nmemory = 1024\n{TWO}[services.billing.task]\nmemory = 2048"
    )
    orders, billing = settings.of_services()
    assert (orders.service_name, orders.prefix, orders.test_port) == ("orders", "it-orders", 9090)
    assert (orders.task.cpu, orders.task.memory) == (512, 1024)
    assert (billing.task.cpu, billing.task.memory) == (512, 2048)


def test_family_and_routes_are_each_service_s_own(loaded: Load) -> None:
    orders, billing = loaded(f'family = "it"\nroutes = ["GET /one"]\n{TWO}').of_services()
    assert (orders.family, billing.family) == ("it-orders", "it-billing")
    assert (orders.routes, billing.routes) == (("GET /one",), ("GET /two",))


def test_an_extending_environment_lays_over_the_services_but_takes_no_family(loaded: Load, tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(TWO.replace("[services.billing]", 'family = "base"\n[services.billing]'))
    orders, billing = loaded('extends = "base"\n[services.billing]\nimage_tag = "print-blue"').of_services()
    assert (orders.family, orders.routes) == ("it-orders", ("GET /one",))
    assert (billing.image_tag, billing.routes) == ("print-blue", ("GET /two",))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("services = 1", "services: found 1, allowed: a table for each service, as in [services.orders]"),
        ("[services]\norders = 1", "allowed: a table for each service, as in [services.orders]"),
        ("[services.Orders]", "services: found 'Orders', allowed: lower-case letters"),
        (f"[services.{'o' * 24}]", "allowed: at most 23 characters, so that it-oooooooooooooooooooooooo-green keeps"),
        ('[services.orders]\nregion = "eu-west-1"', "services.orders.region: no such setting, allowed here: "),
        ("[services.orders.task]\ncpu = 100", "services.orders.task.cpu: found 100, allowed: 256"),
        ("[services.orders.task]\ncpu = 512", "services.orders.task.memory: found 512, allowed: with cpu 512: 1024"),
        ("[services.orders]\nchecks = []", "services.orders.checks: found [], allowed: at least one check"),
        (
            '[services.a]\nroutes = ["GET /x"]\n[services.b]\nroutes = ["GET /x"]',
            "services.b.routes: found 'GET /x', allowed: routes that no other service has; a has this one",
        ),
    ],
)
def test_a_table_is_refused_with_the_key_what_was_found_and_what_is_allowed(
    loaded: Load, text: str, words: str
) -> None:
    with pytest.raises(SettingsError, match=re.escape(words)):
        loaded(text)


def test_services_and_environments_whose_names_would_meet_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(TWO)
    (tmp_path / "a-orders.toml").write_text('family = "other"')
    both = [load(name, tmp_path) for name in ("a", "a-orders")]
    with pytest.raises(
        SettingsError, match=r"a-orders.toml: name: found 'a-orders', allowed: .*a.toml, services.orders"
    ):
        check_apart(both, tmp_path)


def test_services_that_share_a_family_are_refused(loaded: Load, tmp_path: Path) -> None:
    settings = loaded(TWO.replace("routes", 'family = "same"\nroutes'))
    with pytest.raises(SettingsError, match="family: found 'same', allowed: one that is not also the family of"):
        check_apart([settings], tmp_path)
