"""Where each stack's state is said to lie."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bluegreen.infra.hook_archive import OVERRIDE
from bluegreen.infra.synth import synthesize

ENVIRONMENTS = Path(__file__).parents[2] / "environments"

Backends = Callable[[str], dict[str, Any]]


@pytest.fixture
def backends(tmp_path: Path, hook_zip: Path) -> Backends:
    """Return a function that synthesizes two environments and a rehearsal, and returns each stack's Terraform block."""

    def backends(foundation: str) -> dict[str, Any]:
        folder = tmp_path / "environments"
        folder.mkdir()
        for name, text in {"one": "", "two": "", "play": "rehearsal = true\n", "foundation": foundation}.items():
            (folder / f"{name}.toml").write_text(text)
        stacks = synthesize({OVERRIDE: str(hook_zip)}, folder, tmp_path / "out") / "stacks"
        return {file.parent.name: json.loads(file.read_text())["terraform"] for file in stacks.glob("*/cdk.tf.json")}

    return backends


def test_states_share_the_foundation_s_bucket_and_never_a_key(backends: Backends) -> None:
    found = backends('state_bucket = "acme-state"\n')
    shared = {name: found[name]["backend"]["s3"] for name in ("foundation", "one", "two")}
    assert {name: backend["key"] for name, backend in shared.items()} == {
        "foundation": "foundation/terraform.tfstate",
        "one": "one/terraform.tfstate",
        "two": "two/terraform.tfstate",
    }
    for backend in shared.values():
        del backend["key"]
        assert backend == {"bucket": "acme-state", "region": "us-east-1", "encrypt": True, "use_lockfile": True}


def test_a_terraform_that_would_not_lock_is_refused(backends: Backends) -> None:
    assert backends('state_bucket = "acme-state"\n')["one"]["required_version"] == ">= 1.10"


def test_a_rehearsal_keeps_its_state_to_itself(backends: Backends) -> None:
    assert list(backends('state_bucket = "acme-state"\n')["play"]["backend"]) == ["local"]


def test_without_a_bucket_each_state_is_a_file_named_without_this_machine(backends: Backends) -> None:
    found = backends("")
    files = {name: stack["backend"]["local"]["path"] for name, stack in found.items()}
    assert files == {name: f"../../../terraform.{name}.tfstate" for name in ("foundation", "one", "two", "play")}


@pytest.mark.parametrize("name", ["foundation", "sample", "rehearsal"])
def test_a_stack_s_files_are_named_without_this_machine(name: str, request: pytest.FixtureRequest) -> None:
    document = json.dumps(request.getfixturevalue(name).document)
    assert str(Path.home()) not in document
    assert str(ENVIRONMENTS.parent) not in document
