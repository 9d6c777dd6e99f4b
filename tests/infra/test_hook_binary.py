"""The hook is judged before Lambda is: one that it cannot start never answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from bluegreen.infra import hook_archive
from bluegreen.infra.hook_binary import HookBinaryError, check, glibc, main

ARM64, X86_64 = 183, 62


def _program(machine: int, *versions: str) -> bytes:
    """A program's header, and among its bytes the names of the symbol versions that it needs."""
    header = b"\x7fELF" + bytes(14) + machine.to_bytes(2, "little")
    return header + bytes(100) + b"\0".join(version.encode() for version in versions) + b"\0"


@pytest.mark.parametrize("versions", [(), ("GLIBC_2.2.5", "GLIBC_2.17", "GLIBC_2.34")])
def test_a_program_that_lambda_can_start_passes(versions: tuple[str, ...]) -> None:
    check(_program(X86_64, *versions), "x86_64")


@pytest.mark.parametrize(
    ("binary", "words"),
    [
        (b"\xcf\xfa\xed\xfe a program of macOS", "is no Linux program (ELF)"),
        (_program(X86_64), "is for x86_64, and the function is arm64"),
        (_program(8), "is for ELF machine 8, and the function is arm64"),
        (_program(ARM64, "GLIBC_2.4", "GLIBC_2.39", "GLIBC_2.34"), "needs glibc 2.39, and Lambda has 2.34"),
    ],
)
def test_one_that_lambda_cannot_start_is_refused_with_the_way_to_build_it(binary: bytes, words: str) -> None:
    with pytest.raises(HookBinaryError) as refusal:
        check(binary, "arm64")
    assert words in str(refusal.value)
    assert "`scripts/cross-hook arm64`" in str(refusal.value)


def test_versions_are_compared_as_numbers() -> None:
    assert glibc(_program(ARM64, "GLIBC_2.4", "GLIBC_2.17", "GLIBC_2.3.4")) == (2, 17)


def test_the_zip_is_judged_by_the_program_in_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    binary, archive = tmp_path / "program", tmp_path / "hook.zip"
    for versions, code in ((("GLIBC_2.34",), 0), (("GLIBC_2.35",), 1)):
        binary.write_bytes(_program(X86_64, *versions))
        hook_archive.write(binary, archive)
        assert main(["x86_64", str(archive)]) == code
    error = capsys.readouterr().err
    assert error.startswith(f"{archive}: the hook needs glibc 2.35")
    assert error.count("\n") == 1


def test_what_is_no_zip_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hook.zip").write_bytes(b"")
    for name in ("hook.zip", "none.zip"):
        assert main(["arm64", str(tmp_path / name)]) == 1
    assert capsys.readouterr().err.count("\n") == 2


def test_the_command_says_how_it_is_called(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert capsys.readouterr().err.startswith("usage: ")
