"""The TypeScript program that the figures stand beside: built from the stacks in question, and compared with them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

from . import program

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".build/bench/synthesis"
"""Where the packages of `typescript/package-lock.json` are installed, when first measured (400 MB)."""

_SOURCES = Path(__file__).with_name("typescript")
_FILES = ("package.json", "package-lock.json", "tsconfig.json")


class DifferentProgramError(RuntimeError):
    """The program does not make what it is to be compared with."""


def build(out: Path) -> list[str]:
    """Write and compile the program for the stacks in `out`; return the command that runs it, with plain `node`."""
    _install()
    stacks = {path.name: path for path in sorted((out / "stacks").iterdir())}
    text = program.write(stacks, FOLDER / "node_modules/@cdktf/provider-aws/lib")
    (FOLDER / "main.ts").write_text(text, encoding="utf-8")
    _run("node_modules/.bin/tsc")
    return ["node", str(FOLDER / "main.js")]


def compare(ours: Path, theirs: Path) -> str:
    """Say in one line what both folders hold.

    Raises:
        DifferentProgramError: a stack, a resource or an argument is not the same.
    """
    counts: Counter[str] = Counter()
    stacks = sorted(path.name for path in (ours / "stacks").iterdir())
    for stack in stacks:
        own, other = (_read(folder / "stacks" / stack / "cdk.tf.json") for folder in (ours, theirs))
        if (path := difference(own, other)) is not None:
            raise DifferentProgramError(f"the TypeScript program makes another {stack}: it differs at {path}")
        counts.update({kind: len(made) for kind, made in own["resource"].items()})
    return f"{', '.join(stacks)}: the same {counts.total()} resources of {len(counts)} types, with the same arguments"


def difference(own: Any, other: Any, path: str = "") -> str | None:
    """Return where two documents differ first, or None."""
    if isinstance(own, dict) and isinstance(other, dict):
        found = (difference(own.get(name), other.get(name), f"{path}/{name}") for name in sorted({*own, *other}))
        return next((one for one in found if one is not None), None)
    return None if own == other else path


def _read(file: Path) -> Any:
    """Read a stack without CDKTF's notes on its constructs (`//`), of which no resource is made."""

    def without_notes(each: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in each.items() if name != "//"}

    return json.loads(file.read_text(encoding="utf-8"), object_hook=without_notes)


def _install() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    lock = "package-lock.json"
    installed = (FOLDER / "node_modules").is_dir() and (FOLDER / lock).is_file()
    current = installed and (FOLDER / lock).read_bytes() == (_SOURCES / lock).read_bytes()
    for name in _FILES:
        shutil.copyfile(_SOURCES / name, FOLDER / name)
    shutil.copyfile(ROOT / ".npmrc", FOLDER / ".npmrc")
    if not current:
        _run("npm", "ci", "--silent", "--no-audit", "--no-fund")


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=FOLDER, env=os.environ, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} in {FOLDER} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
