"""Reading an environment: what a file may say, and how it is refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from bluegreen.settings import Settings, SettingsError, load, names

ENVIRONMENTS = Path(__file__).parents[2] / "environments"

Load = Callable[[str], Settings]


@pytest.fixture
def loaded(tmp_path: Path) -> Load:
    """Return a function that loads an environment `it` with the given text."""

    def loaded(text: str) -> Settings:
        (tmp_path / "it.toml").write_text(text)
        return load("it", tmp_path)

    return loaded


def test_the_sample_has_the_article_s_values() -> None:
    sample = load("sample", ENVIRONMENTS)
    assert (sample.family, sample.architecture, sample.image_tag) == ("rust-blue-green", "ARM64", "print-green")
    assert (sample.production_port, sample.test_port, sample.task.container_port) == (80, 8080, 3000)
    assert (sample.task.cpu, sample.task.memory) == (256, 512)
    assert (sample.network.cidr, sample.network.nat_gateways) == ("10.0.0.0/16", 2)
    assert sample.release.hooks == ("BeforeAllowTraffic",)
    assert [check["path"] for check in sample.checks] == ["/one", "/two", "/three"]
    assert sample.rehearsal is False


def test_the_rehearsal_is_the_sample_for_one_machine() -> None:
    rehearsal = load("rehearsal", ENVIRONMENTS)
    assert rehearsal.rehearsal is True
    assert rehearsal.architecture in {"ARM64", "X86_64"}
    assert rehearsal.image_tag == load("sample", ENVIRONMENTS).image_tag
    assert (rehearsal.production_port, rehearsal.test_port) == (8000, 8080)
    assert rehearsal.repository_force_delete is True


def test_an_empty_file_is_an_environment(loaded: Load) -> None:
    assert loaded("").family == "it-rust-blue-green"


def test_the_environments_are_the_files_of_the_folder() -> None:
    assert names(ENVIRONMENTS) == ("production", "rehearsal", "sample")


def test_tables_of_the_extended_environment_are_merged_key_by_key(loaded: Load, tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text("test_port = 9090\n[task]\ncpu = 512\nmemory = 1024\n")
    settings = loaded('extends = "base"\n[task]\nmemory = 2048\n')
    assert (settings.test_port, settings.task.cpu, settings.task.memory) == (9090, 512, 2048)


def test_the_family_of_the_extended_environment_stays_its_own(loaded: Load, tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('family = "api"\nregion = "eu-west-1"\n')
    settings = loaded('extends = "base"')
    assert (settings.family, settings.region) == ("it-rust-blue-green", "eu-west-1")


def test_an_error_in_the_extended_environment_names_its_file(loaded: Load, tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text("test_port = 0\n")
    with pytest.raises(SettingsError, match=r"base\.toml: test_port: found 0, allowed: 1 to 65535"):
        loaded('extends = "base"')


def test_environments_never_extend_each_other_in_a_circle(loaded: Load, tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('extends = "it"')
    with pytest.raises(SettingsError, match="a circle: it -> base -> it"):
        loaded('extends = "base"')


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prot = 80", "prot: no such setting, allowed here: project, region"),
        ("[task]\ncpus = 256", "task.cpus: no such setting, allowed here: cpu, memory"),
        ('name = "other"', "name: no such setting"),
        ('test_port = "8080"', "test_port: found '8080', allowed: a whole number"),
        ("test_port = true", "test_port: found True, allowed: a whole number"),
        ("rehearsal = 1", "rehearsal: found 1, allowed: true or false"),
        ('task = "big"', "task: found 'big', allowed: a table"),
        ('[release]\nhooks = "BeforeAllowTraffic"', "release.hooks: found 'BeforeAllowTraffic', allowed: a list"),
        ("[release]\nhooks = [1]", "release.hooks[0]: found 1, allowed: a text"),
        ('[[checks]]\npath = "/one"\n[task]\ncpu = 100', "task.cpu: found 100, allowed: 256, 512, 1024"),
        ("checks = []", "checks: found [], allowed: at least one check"),
        ("test_port = 70000", "test_port: found 70000, allowed: 1 to 65535"),
        ("log_retention = 2", "log_retention: found 2, allowed: 1, 3, 5, 7"),
        ('architecture = "arm"', "architecture: found 'arm', allowed: ARM64, X86_64, host"),
        ('[task]\nuser = "0:0"', "task.user: found '0:0', allowed: uid:gid"),
        (
            'routes = ["/one"]',
            "routes: found ['/one'], allowed: a list, each once and one of: a method and a path",
        ),
        ('[network]\nendpoints = ["s3", "s3"]', "network.endpoints: found ['s3', 's3'], allowed: a list, each once"),
        ("[release]\nhooks = []", "release.hooks: found [], allowed: one or more of AfterAllowTestTraffic"),
        ('extends = "nowhere"', "extends: found 'nowhere', allowed: one of it"),
        ("port = ", "not TOML"),
    ],
)
def test_a_file_is_refused_with_the_key_what_was_found_and_what_is_allowed(loaded: Load, text: str, words: str) -> None:
    with pytest.raises(SettingsError, match=re.escape(words)) as refusal:
        loaded(text)
    assert "it.toml: " in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("event", ["BeforeInstall", "AfterInstall"])
def test_a_hook_before_the_test_traffic_is_refused_with_the_reason(loaded: Load, event: str) -> None:
    with pytest.raises(SettingsError, match=f"hooks: found .*{event}.*still answers from the live version"):
        loaded(f'[release]\nhooks = ["{event}"]')


def test_an_environment_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(
        SettingsError, match=r"nowhere\.toml: no such environment; .* there are: production, rehearsal, sample"
    ):
        load("nowhere", ENVIRONMENTS)
