"""The cache that set-up warms."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bluegreen.infra.warm import cache, is_warm

ROOT = Path(__file__).parents[2]


def test_a_folder_without_an_index_of_the_bindings_is_cold(tmp_path: Path) -> None:
    assert not is_warm(tmp_path)


def test_a_folder_with_an_index_of_the_bindings_is_warm(tmp_path: Path) -> None:
    folder = tmp_path / "@cdktf/provider-aws/20.1.0/hash"
    folder.mkdir(parents=True)
    (folder / ".jsii.runtime.v1.json").touch()
    assert is_warm(tmp_path)


def test_the_cache_is_where_the_user_has_put_jsii_s(tmp_path: Path) -> None:
    assert cache({"JSII_RUNTIME_PACKAGE_CACHE_ROOT": str(tmp_path)}) == tmp_path


@pytest.mark.slow
def test_warming_warms_what_jsii_reads(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "bluegreen.infra.warm"],
        cwd=ROOT,
        env={**os.environ, "JSII_RUNTIME_PACKAGE_CACHE_ROOT": str(tmp_path)},
        check=True,
    )
    assert is_warm(tmp_path)
