"""The hook from the same source is the same to the byte, wherever the source and the crates lie."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest

from bluegreen.infra import hook_archive

ROOT = Path(__file__).parents[2]
LIMIT = 1800
SOURCE = (
    "Cargo.*",
    "rust-toolchain.toml",
    "scripts",
    "hook_rust",
    "service_rust",
    "proxy_rust",
    "python_bindings",
    "benches",
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3 * LIMIT)]


def _copy(folder: Path) -> Path:
    """Copy the source as a clone would have it: without what is built and ignored."""
    list_files = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *SOURCE]
    listed = subprocess.check_output(list_files, cwd=ROOT)
    there = b"\0".join(name for name in listed.split(b"\0") if name and (ROOT / os.fsdecode(name)).is_file())
    folder.mkdir(parents=True)
    pack = ["tar", "--create", "--null", "--files-from=-"]
    archive = subprocess.run(pack, cwd=ROOT, input=there, stdout=subprocess.PIPE, check=True).stdout
    subprocess.run(["tar", "--extract", f"--directory={folder}"], input=archive, check=True)
    return folder


def _cargo_home(folder: Path) -> Path:
    """Another home for cargo, with the crates of the user's own."""
    own = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
    folder.mkdir(parents=True)
    for path in own.iterdir():
        (folder / path.name).symlink_to(path)
    return folder


def _hashes(source: Path, cargo_home: Path, umask: int) -> tuple[str, str]:
    """Build the hook and its zip; return the hashes of both."""
    environ = {**os.environ, "CARGO_HOME": str(cargo_home), "CARGO_NET_OFFLINE": "true"}
    command = [str(source / "scripts/build-hook"), "build", "--quiet", "--target-dir", str(source / "built here")]
    subprocess.run(command, env=environ, check=True, timeout=LIMIT, umask=umask)
    binary, archive = source / "built here/release/bootstrap", source / "bootstrap.zip"
    hook_archive.write(binary, archive)
    return _hash(binary), _hash(archive)


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_two_builds_have_the_same_hash_and_name_no_folder_of_the_machine(tmp_path: Path) -> None:
    first, second = _copy(tmp_path / "first/source"), _copy(tmp_path / "quite/another/place")
    own = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
    one = _hashes(first, own, 0o022)
    two = _hashes(second, _cargo_home(tmp_path / "another-cargo"), 0o077)
    binary = (first / "built here/release/bootstrap").read_bytes()
    assert [str(folder) for folder in (own, first, Path.home()) if os.fsencode(folder) + b"/" in binary] == []
    assert one == two
