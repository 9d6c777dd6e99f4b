"""The stacks of all environments, synthesized once for all tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bluegreen.infra import hook_archive
from bluegreen.infra.stack_json import Resource, StackJson
from bluegreen.infra.synth import synthesize

from . import whole_account

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def hook_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return whole_account.write_archive(tmp_path_factory.mktemp("hook"))


@pytest.fixture(scope="session")
def cdktf_out(tmp_path_factory: pytest.TempPathFactory, hook_zip: Path) -> Path:
    """The folder with the Terraform JSON of every environment."""
    out = tmp_path_factory.mktemp("cdktf.out")
    return synthesize({hook_archive.OVERRIDE: str(hook_zip)}, ROOT / "environments", out)


@pytest.fixture(scope="session")
def own_out(tmp_path_factory: pytest.TempPathFactory, hook_zip: Path) -> Path:
    """The folder with the Terraform JSON of the environments that these tests have for themselves."""
    out = tmp_path_factory.mktemp("own.cdktf.out")
    return synthesize({hook_archive.OVERRIDE: str(hook_zip)}, Path(__file__).parent / "environments", out)


def _read(cdktf_out: Path, name: str) -> StackJson:
    text = (cdktf_out / "stacks" / name / "cdk.tf.json").read_text(encoding="utf-8")
    return StackJson(name=name, document=json.loads(text))


@pytest.fixture(scope="session")
def sample(cdktf_out: Path) -> StackJson:
    return _read(cdktf_out, "sample")


@pytest.fixture(scope="session")
def rehearsal(cdktf_out: Path) -> StackJson:
    return _read(cdktf_out, "rehearsal")


@pytest.fixture(scope="session")
def production(cdktf_out: Path) -> StackJson:
    return _read(cdktf_out, "production")


@pytest.fixture(scope="session")
def full(own_out: Path) -> StackJson:
    """The environment that has every optional part."""
    return _read(own_out, "full")


@pytest.fixture(scope="session")
def foundation(cdktf_out: Path) -> StackJson:
    return _read(cdktf_out, "foundation")


@pytest.fixture(scope="session")
def the(sample: StackJson) -> Callable[..., Resource]:
    """Return the sample's one resource of a kind: the one whose address contains `named`, if there are several."""

    def the(kind: str, named: str = "") -> Resource:
        (found,) = [resource for address, resource in sample.resources(kind) if named in address]
        return found

    return the
