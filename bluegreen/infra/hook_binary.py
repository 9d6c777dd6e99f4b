"""Whether Lambda can start the hook: a binary that it cannot start is silent, and its release hangs for an hour.

`python -m bluegreen.infra.hook_binary ARCHITECTURE ZIP` judges the hook in a zip, before it is deployed.
"""

from __future__ import annotations

import re
import sys
import zipfile
from pathlib import Path

from .hook_archive import MEMBER

NEWEST_GLIBC = (2, 34)
"""What Amazon Linux 2023, and with it `provided.al2023`, has: https://docs.aws.amazon.com/linux/al2023/ug/glibc.html."""

MACHINES = {62: "x86_64", 183: "arm64"}
"""ELF's numbers (`e_machine`) of Lambda's architectures."""

_MAGIC = b"\x7fELF"
_MACHINE = slice(18, 20)
_SYMBOL_VERSION = re.compile(rb"GLIBC_(\d+)\.(\d+)")


class HookBinaryError(RuntimeError):
    """One line: what Lambda would refuse, and what to do."""


def check(binary: bytes, architecture: str) -> None:
    """Refuse a program that Lambda's functions of `architecture`, `arm64` or `x86_64`, cannot start.

    Raises:
        HookBinaryError: it is no Linux program, one for another architecture, or needs a newer glibc than Lambda has.
    """
    if not binary.startswith(_MAGIC):
        raise HookBinaryError(f"the hook is no Linux program (ELF), which Lambda needs. {remedy(architecture)}")
    machine = int.from_bytes(binary[_MACHINE], "little")
    if MACHINES.get(machine) != architecture:
        found = MACHINES.get(machine, f"ELF machine {machine}")
        raise HookBinaryError(f"the hook is for {found}, and the function is {architecture}. {remedy(architecture)}")
    if (newest := glibc(binary)) > NEWEST_GLIBC:
        found, allowed = (".".join(map(str, version)) for version in (newest, NEWEST_GLIBC))
        raise HookBinaryError(f"the hook needs glibc {found}, and Lambda has {allowed}. {remedy(architecture)}")


def glibc(binary: bytes) -> tuple[int, int]:
    """Return the newest glibc whose symbols a program names; (0, 0) if it names none."""
    found = {(int(major), int(minor)) for major, minor in _SYMBOL_VERSION.findall(binary)}
    return max(found, default=(0, 0))


def remedy(architecture: str) -> str:
    return f"`scripts/cross-hook {architecture}` builds one that Lambda can start"


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        print("usage: python -m bluegreen.infra.hook_binary ARCHITECTURE ZIP", file=sys.stderr)
        return 2
    architecture, archive = arguments
    try:
        check(_member(Path(archive)), architecture)
    except HookBinaryError as refusal:
        print(f"{archive}: {refusal}", file=sys.stderr)
        return 1
    return 0


def _member(archive: Path) -> bytes:
    try:
        with zipfile.ZipFile(archive) as opened:
            return opened.read(MEMBER)
    except (OSError, zipfile.BadZipFile, KeyError) as error:
        raise HookBinaryError(f"no zip with a file {MEMBER} ({error})") from error


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
