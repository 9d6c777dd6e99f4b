"""What each stack says, in `snapshots/`: a change of it is seen in review. `make snapshots` writes them anew."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from bluegreen.infra.stack_json import StackJson

from . import whole_account
from .stack_snapshot import StackSnapshot, normalised

# Syrupy likes a snapshot to be named after its test.
pytestmark = pytest.mark.filterwarnings(r"ignore:\s*Can not relate snapshot name:UserWarning")

OURS = ("foundation", "production", "rehearsal", "sample")
# Settings of the tests' own: an environment of two services, and a foundation with shared state and roles for GitHub.
OF_TESTS = {"two": "two", "foundation-with-state-and-github": "foundation"}


@pytest.fixture(scope="module")
def account(tmp_path_factory: pytest.TempPathFactory, hook_zip: Path) -> Mapping[str, StackJson]:
    folder = tmp_path_factory.mktemp("account")
    return whole_account.read(whole_account.write_stacks(folder, hook_zip, ("sample", "two")))


@pytest.mark.parametrize("stack", OURS)
def test_a_stack_of_ours_says_what_it_said(stack: str, cdktf_out: Path, snapshot: SnapshotAssertion) -> None:
    text = normalised(json.loads((cdktf_out / "stacks" / stack / "cdk.tf.json").read_text()))
    if stack == "rehearsal":  # its tasks and its hook are of the machine that plays it
        text = re.sub(r'"(x86_64|arm64)"', '"of this machine"', text, flags=re.IGNORECASE)
    assert text == snapshot(name=stack, extension_class=StackSnapshot)


@pytest.mark.parametrize("name", OF_TESTS)
def test_a_stack_of_the_tests_says_what_it_said(
    name: str, account: Mapping[str, StackJson], snapshot: SnapshotAssertion
) -> None:
    document = account[OF_TESTS[name]].document
    assert normalised(document) == snapshot(name=name, extension_class=StackSnapshot)


def test_every_environment_has_a_snapshot() -> None:
    environments = {file.stem for file in (whole_account.ROOT / "environments").glob("*.toml")}
    assert environments == set(OURS)


def test_a_hash_of_content_and_the_folder_of_an_asset_are_no_difference() -> None:
    one, other = ({"filename": f"assets/hook_6F71572E/{digit * 32}/bootstrap.zip"} for digit in "AB")
    assert normalised(one) == normalised(other)
    assert "hook_6F71572E" in normalised(one)


def test_a_policy_is_spread_out_so_that_a_difference_is_one_line() -> None:
    text = normalised({"policy": json.dumps({"Statement": [{"Effect": "Allow", "Action": ["ssm:GetParameter"]}]})})
    assert '            "ssm:GetParameter"' in text.splitlines()
