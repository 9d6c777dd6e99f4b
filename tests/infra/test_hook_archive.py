"""The hook's zip."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from bluegreen.infra.hook_archive import main, write


@pytest.fixture
def binary(tmp_path: Path) -> Path:
    binary = tmp_path / "program"
    binary.write_bytes(b"\x7fELF" + bytes(1000))
    return binary


def test_the_same_binary_makes_the_same_bytes(binary: Path, tmp_path: Path) -> None:
    write(binary, tmp_path / "first.zip")
    binary.touch()
    binary.chmod(0o600)
    write(binary, tmp_path / "second.zip")
    assert (tmp_path / "first.zip").read_bytes() == (tmp_path / "second.zip").read_bytes()


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
