"""The environment `sample` of the examples: on the loopback, in a folder such as a user has."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from bluegreen.release_target import parameter_name
from tests.release.live.made import NAME, Account

from .runner import Runner

PROJECT = Path(__file__).parents[4]
SETTINGS = 'rehearsal = true\narchitecture = "host"\n'
TAGS = ("print-blue-3f2a91c", "print-green")


@pytest.fixture(scope="session")
def sample(account: Account, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose `sample` is the account's service, and the images that the examples name."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "environments").mkdir()
    (folder / "environments/sample.toml").write_text(SETTINGS)
    ssm = account.client("ssm")
    document = json.loads(ssm.get_parameter(Name=parameter_name(NAME))["Parameter"]["Value"])
    document["environment"] = "sample"
    ssm.put_parameter(Name=parameter_name("sample"), Type="String", Value=json.dumps(document), Overwrite=True)
    for tag in TAGS:
        account.push(tag, account.service, tag)
    return folder


@pytest.fixture(scope="session")
def environ(at: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The variables of a machine that has a Python, no bluegreen, and credentials for the account."""
    programs = tmp_path_factory.mktemp("programs")
    base: Any = sys.base_prefix
    (programs / "python3").symlink_to(Path(base) / "bin/python3")
    own = str(Path(sys.executable).parent)
    path = [one for one in os.environ["PATH"].split(os.pathsep) if one != own]
    kept = {name: one for name, one in os.environ.items() if not name.startswith(("AWS_", "BLUEGREEN_", "GITHUB_"))}
    alone = {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }
    return {**kept, **alone, **at, "PATH": os.pathsep.join([str(programs), *path]), "COLUMNS": "120"}


@pytest.fixture
def runner(sample: Path, environ: dict[str, str], tmp_path: Path, machine: Path) -> Runner:
    """A job's machine on which the action was installed before: only the first test pays for that."""
    (tmp_path / "bluegreen").symlink_to(machine / "bluegreen")
    return Runner(tmp_path, sample, environ)


@pytest.fixture(scope="session")
def machine(sample: Path, environ: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the action without a verb: it installs the command, and no more."""
    folder = tmp_path_factory.mktemp("machine")
    ended = Runner(folder, sample, environ).action(PROJECT / "action.yml", {"verb": ""})
    assert ended.code == 0, ended.err
    return folder
