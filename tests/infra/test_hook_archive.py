"""The hook's zip."""

from __future__ import annotations

import os
import platform
import stat
import zipfile
from pathlib import Path

import pytest

from bluegreen.infra.hook_archive import find, main, remedy, write
from bluegreen.settings import load


@pytest.fixture
def binary(tmp_path: Path) -> Path:
    binary = tmp_path / "program"
    binary.write_bytes(b"\x7fELF" + bytes(1000))
    return binary


def test_the_same_binary_makes_the_same_bytes_whenever_and_wherever_and_by_whom(binary: Path, tmp_path: Path) -> None:
    write(binary, tmp_path / "first.zip")
    other = binary.rename(tmp_path / "another name")
    os.utime(other, (1_000_000_000, 1_000_000_000))
    other.chmod(0o600)
    before = os.umask(0o077)
    try:
        write(other, tmp_path / "else/where/second.zip")
    finally:
        os.umask(before)
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "else/where/second.zip").read_bytes()


def test_lambda_can_start_what_is_in_it(binary: Path, tmp_path: Path) -> None:
    write(binary, tmp_path / "new/folder/hook.zip")
    with zipfile.ZipFile(tmp_path / "new/folder/hook.zip") as archive:
        (member,) = archive.infolist()
        assert member.filename == "bootstrap"
        assert stat.S_IMODE(member.external_attr >> 16) == 0o755
        assert archive.read(member) == binary.read_bytes()


def test_a_missing_binary_is_said_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none"), str(tmp_path / "hook.zip")]) == 1
    assert capsys.readouterr().err == f"{tmp_path / 'none'}: no such file\n"


def test_the_command_says_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("usage: ")


def test_aws_gets_arm64_and_a_rehearsal_this_machine_s_own() -> None:
    host = {"aarch64": "arm64"}.get(platform.machine(), platform.machine())
    for environment, architecture in (("sample", "arm64"), ("rehearsal", host)):
        assert remedy(load(environment)) == f"`make hook ARCH={architecture}` builds the hook's zip"


def test_the_setting_chooses_the_zip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    zips = {name: tmp_path / f".build/hook/{name}/bootstrap.zip" for name in ("arm64", "x86_64")}
    for file in (*zips.values(), tmp_path / "environments/one.toml"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    for architecture, name in (("ARM64", "arm64"), ("X86_64", "x86_64")):
        (tmp_path / "environments/one.toml").write_text(f'architecture = "{architecture}"\n')
        found = find(load("one"), {})
        assert found is not None
        assert found.resolve() == zips[name]
