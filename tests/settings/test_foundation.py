"""The foundation's settings: what the file may say, and how it is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bluegreen.settings import FoundationSettings, SettingsError, load, load_foundation, names, state_file, state_key

ENVIRONMENTS = Path(__file__).parents[2] / "environments"

Loaded = Callable[[str], FoundationSettings]


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    """Return a function that loads a foundation with the given text."""

    def loaded(text: str) -> FoundationSettings:
        (tmp_path / "foundation.toml").write_text(text)
        return load_foundation(tmp_path)

    return loaded


def test_it_is_no_environment(tmp_path: Path) -> None:
    (tmp_path / "sample.toml").write_text("")
    (tmp_path / "foundation.toml").write_text("")
    assert names(tmp_path) == ("sample",)
    with pytest.raises(SettingsError, match="name: found 'foundation'"):
        load("foundation", tmp_path)


def test_ours_names_no_bucket_as_a_name_is_unique_in_the_world() -> None:
    assert load_foundation(ENVIRONMENTS) == FoundationSettings()


def test_without_a_file_it_has_the_defaults(tmp_path: Path) -> None:
    assert load_foundation(tmp_path) == FoundationSettings()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("bucket = 'it'", "bucket: no such setting, allowed here: project, region, state_bucket"),
        ("state_bucket = 'Acme'", "state_bucket: found 'Acme', allowed: a bucket's name"),
        ("state_bucket = 'a.b'", "state_bucket: found 'a.b', allowed: a bucket's name"),
        ("state_days = 1", "state_days: found 1, allowed: 0, or 30 to 3650"),
        ("state_days = '90'", "state_days: found '90', allowed: a whole number"),
        ("state_bucket = 'acme'\ngithub_repository = 'shop'", "github_repository: found 'shop', allowed: an owner"),
        ("state_bucket = 'acme'\ngithub_branch = '*'", "github_branch: found '*', allowed: a branch's name"),
        ("github_trust = 'all'", "github_trust: found 'all', allowed: branch, environment"),
        ("github_provider = 'github'", "github_provider: found 'github', allowed: the ARN of an OpenID Connect"),
        ("github_repository = 'acme/shop'", "github_repository: found 'acme/shop', allowed: with a state_bucket"),
        ("state_bucket", "not TOML"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(loaded: Loaded, text: str, reason: str) -> None:
    with pytest.raises(SettingsError) as refused:
        loaded(text)
    assert reason in str(refused.value)
    assert "foundation.toml: " in str(refused.value)
    assert "\n" not in str(refused.value)


def test_no_two_stacks_share_a_key_or_a_file() -> None:
    stacks = ("foundation", "a", "a-b", "ab")
    assert len({state_key(stack) for stack in stacks}) == len({state_file(stack) for stack in stacks}) == len(stacks)
