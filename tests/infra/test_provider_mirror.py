"""Where Terraform takes the AWS provider from."""

from __future__ import annotations

from pathlib import Path

import pytest

from bluegreen.infra.stack_json import StackJson
from bluegreen.provider_mirror import PROVIDER, VARIABLE, VERSION, candidates, configuration, environment, find


@pytest.fixture
def mirror(tmp_path: Path) -> Path:
    """A home with a mirror in it, unpacked as Terraform lays it out."""
    folder = tmp_path / "home/.terraform.d/plugins"
    (folder / PROVIDER / VERSION / "linux_amd64").mkdir(parents=True)
    return folder


def test_a_mirror_in_the_home_folder_is_found(mirror: Path, tmp_path: Path) -> None:
    assert find(candidates({}, tmp_path / "home")) == mirror


def test_a_packed_provider_is_found(tmp_path: Path) -> None:
    (tmp_path / PROVIDER).mkdir(parents=True)
    (tmp_path / PROVIDER / f"terraform-provider-aws_{VERSION}_linux_amd64.zip").touch()
    assert find([tmp_path / "none", tmp_path]) == tmp_path


def test_another_version_is_no_mirror(tmp_path: Path) -> None:
    (tmp_path / PROVIDER / "6.0.0/linux_amd64").mkdir(parents=True)
    assert find([tmp_path]) is None


def test_the_user_s_plugin_cache_comes_first(mirror: Path, tmp_path: Path) -> None:
    found = candidates({"TF_PLUGIN_CACHE_DIR": str(tmp_path)}, tmp_path / "home")
    assert next(found) == tmp_path


def test_the_configuration_names_the_mirror(mirror: Path, tmp_path: Path) -> None:
    file = tmp_path / "new/terraform.tfrc"
    assert environment(file, {}, tmp_path / "home") == {VARIABLE: str(file)}
    assert file.read_text() == configuration(mirror)


def test_a_configuration_of_the_user_is_respected(mirror: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.tfrc"
    own.touch()
    assert environment(tmp_path / "ours", {VARIABLE: str(own)}, tmp_path / "home") == {}
    assert not (tmp_path / "ours").exists()


def test_a_configuration_that_is_not_there_is_none(mirror: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours"
    assert environment(ours, {VARIABLE: str(tmp_path / "none")}, tmp_path / "home") == {VARIABLE: str(ours)}


def test_the_version_is_the_one_that_the_stacks_demand(sample: StackJson) -> None:
    assert sample.document["terraform"]["required_providers"]["aws"]["version"] == VERSION
