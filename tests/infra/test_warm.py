"""The cache that set-up warms."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
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


def _warm(home: Path) -> subprocess.Popen[str]:
    """Start the set-up's warm-up in a home with nothing in it."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("JSII_RUNTIME")}
    command = [sys.executable, "-m", "bluegreen.infra.warm"]
    given = {**environ, "HOME": str(home)}
    return subprocess.Popen(command, cwd=ROOT, env=given, text=True, stderr=subprocess.PIPE, start_new_session=True)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_warming_warms_what_jsii_reads_even_after_a_warm_up_that_was_killed(tmp_path: Path) -> None:
    folder = tmp_path / ".cache/aws/jsii/package-cache"
    with _warm(tmp_path) as first:
        # In the midst of it: the bindings are being unpacked, and nothing is indexed yet.
        while not any(folder.glob("@cdktf/provider-aws/*/*/lib/*")):
            assert first.poll() is None
            time.sleep(0.01)
        os.killpg(first.pid, signal.SIGKILL)
    assert not is_warm(folder)
    with _warm(tmp_path) as second:
        said = second.stderr.read() if second.stderr else ""
    assert (second.returncode, said) == (0, "")
    assert is_warm(folder)
