"""Known advisories about crates, as advisories.tsv has them: a snapshot of RustSec's database that needs no network.

`python -m tests.supply_chain.advisory FOLDER` writes it anew from a clone of https://github.com/rustsec/advisory-db
(public domain, CC0). A snapshot knows nothing of what was found later: CI asks the database itself.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SNAPSHOT = Path(__file__).with_name("advisories.tsv")
Version = tuple[tuple[int, ...], bool, str]
COMPARED = re.compile(r"(>=|<=|>|<|=|\^|)\s*(\S+)")


@dataclass(frozen=True)
class Advisory:
    """What is wrong with a crate, unless its version is in one of the safe ranges."""

    crate: str
    name: str
    kind: str
    safe: tuple[str, ...]

    def concerns(self, version: str) -> bool:
        """Return whether this version is affected."""
        return not any(_within(version, one) for one in self.safe)


def known() -> list[Advisory]:
    """Return the advisories of the snapshot."""
    rows = [line.split("\t") for line in SNAPSHOT.read_text().splitlines()]
    return [Advisory(crate, name, kind, tuple(filter(None, safe.split(" | ")))) for crate, name, kind, safe in rows]


def _within(version: str, allowed: str) -> bool:
    found = _read(version)
    return all(_compares(found, *COMPARED.fullmatch(part.strip()).groups()) for part in allowed.split(","))  # type: ignore[union-attr]


def _compares(found: Version, operator: str, text: str) -> bool:
    bound = _read(text)
    match operator:
        case ">=":
            return found >= bound
        case "<=":
            return found <= bound
        case ">":
            return found > bound
        case "<":
            return found < bound
        case "=":
            return found == bound
        case _:
            return bound <= found < _next_incompatible(bound)


def _next_incompatible(bound: Version) -> Version:
    """Return where a caret's range ends: at the next change of the first number that is not 0."""
    numbers = bound[0]
    place = next((index for index, number in enumerate(numbers) if number), len(numbers) - 1)
    return (*numbers[:place], numbers[place] + 1, *(0 for _ in numbers[place + 1 :])), False, ""


def _read(text: str) -> Version:
    """A version as something to compare: what is a pre-release comes before the release."""
    release, _, before = text.split("+", maxsplit=1)[0].partition("-")
    numbers = [int(number) for number in release.split(".")]
    return (*numbers, *[0] * (3 - len(numbers))), not before, before


def collect(folder: Path) -> Iterator[str]:
    """Yield the lines of a snapshot from a clone of the database; what was withdrawn is left out."""
    for file in sorted((folder / "crates").rglob("RUSTSEC-*.md")):
        entry: dict[str, Any] = tomllib.loads(file.read_text().split("```toml\n")[1].split("\n```")[0])
        advisory, versions = entry["advisory"], entry["versions"]
        if "withdrawn" not in advisory:
            safe = " | ".join([*versions.get("patched", []), *versions.get("unaffected", [])])
            yield "\t".join([advisory["package"], advisory["id"], advisory.get("informational", "vulnerable"), safe])


if __name__ == "__main__":
    SNAPSHOT.write_text("".join(f"{line}\n" for line in collect(Path(sys.argv[1]))))
