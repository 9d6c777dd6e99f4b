"""What the image holds: the Dockerfile's own steps run here, and their binary in an empty root. No engine needed."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
DOCKERFILE = (PROJECT / "service_rust/Dockerfile").read_text()
ARCHITECTURE = {"x86_64": "amd64", "aarch64": "arm64"}[os.uname().machine]
LARGEST = 2_200_000
"""Bytes of the binary, and so of the image."""

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


@pytest.fixture(scope="module")
def binary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Do what the build stage does, line by line; only what would download or need root is stood in for."""
    folder = tmp_path_factory.mktemp("image")
    stand_ins, context, built = folder / "bin", folder / "build", folder / "rust-api"
    stand_ins.mkdir()
    context.mkdir()
    (stand_ins / "rustup").write_text("#!/bin/sh\n")
    (stand_ins / "dpkg").write_text(f"#!/bin/sh\necho {ARCHITECTURE}\n")
    for stand_in in stand_ins.iterdir():
        stand_in.chmod(0o755)
    environment = {**os.environ, "PATH": f"{stand_ins}{os.pathsep}{os.environ['PATH']}", "TARGETARCH": ARCHITECTURE}
    environment.pop("CARGO_TARGET_DIR", None)
    for step in re.findall(
        r"^(RUN|COPY) ((?:.*\\\n)*.*)$", DOCKERFILE[: DOCKERFILE.index("FROM scratch")], re.MULTILINE
    ):
        match step:
            case ["COPY", paths]:
                _copy(paths.split(), context)
            case [_, script]:
                here = script.replace(" /rust-api", f" {built}").replace("cargo build", "cargo build --quiet")
                subprocess.run(["sh", "-c", here], cwd=context, env=environment, check=True)
    yield built
    shutil.rmtree(folder)


def _copy(paths: list[str], context: Path) -> None:
    *sources, target = paths
    for source in sources:
        found = PROJECT / source
        if found.is_dir():
            shutil.copytree(found, context / target, dirs_exist_ok=True)
        else:
            (context / target).mkdir(parents=True, exist_ok=True)
            shutil.copy(found, context / target)


def test_the_binary_needs_no_library_and_no_loader(binary: Path) -> None:
    listed = subprocess.run(["readelf", "-Wld", str(binary)], capture_output=True, text=True, check=True).stdout
    assert "INTERP" not in listed
    assert "NEEDED" not in listed


def test_the_binary_is_small(binary: Path) -> None:
    assert binary.stat().st_size < LARGEST


@pytest.fixture
def address(binary: Path, tmp_path: Path) -> Iterator[str]:
    """Start the binary as the only file of its root, as the image's user."""
    shutil.copy(binary, tmp_path / "rust-api")
    tmp_path.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    user = re.search(r"^USER (\S+)$", DOCKERFILE, re.MULTILINE)
    assert user
    enter = ["chroot", f"--userspec={user[1]}", "--groups="]
    if os.geteuid():
        enter = ["unshare", "--user", "--map-root-user", "chroot"]
    process = subprocess.Popen([*enter, str(tmp_path), "/rust-api"], env={"LISTEN_ADDR": f"127.0.0.1:{port}"} | _path())
    try:
        yield f"127.0.0.1:{port}"
    finally:
        process.terminate()
        assert process.wait(timeout=30) == 0


def _path() -> dict[str, str]:
    return {"PATH": os.environ["PATH"]}


def test_it_serves_and_stops_as_the_only_file_there_is(address: str) -> None:
    limit = time.monotonic() + 30
    while True:
        try:
            with urllib.request.urlopen(f"http://{address}/one") as answer:
                assert answer.read() == b'{"key":"route_one from Green"}'
                return
        except urllib.error.URLError:
            assert time.monotonic() < limit, "no answer within 30 s"
            time.sleep(0.01)
