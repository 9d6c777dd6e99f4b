"""The signs of the live view, for a terminal that knows Unicode and for one that does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Glyphs:
    """One column each."""

    good: str
    bad: str
    runs: str
    waits: str
    skipped: str
    full: str
    empty: str

    def of(self, status: str) -> str:
        """Return the sign of a lifecycle event's status; one that is not known gets a question mark."""
        signs = {"Succeeded": self.good, "Failed": self.bad, "InProgress": self.runs, "Pending": self.waits}
        return {**signs, "Skipped": self.skipped}.get(status, "?")


UNICODE = Glyphs(good="✔", bad="✘", runs="▶", waits="·", skipped="-", full="█", empty="░")
ASCII = Glyphs(good="+", bad="x", runs=">", waits=".", skipped="-", full="#", empty=".")


def choose(encoding: str, environ: Mapping[str, str]) -> Glyphs:
    """Choose by the stream's encoding and by the locale, which Python overrides where it is C."""
    is_utf8 = encoding.lower().replace("-", "") == "utf8"
    return UNICODE if is_utf8 and "UTF8" in _locale(environ).upper().replace("-", "") else ASCII


def _locale(environ: Mapping[str, str]) -> str:
    """Return the locale that the user chose; `LC_CTYPE=C.UTF-8` alone is what Python sets itself (PEP 538)."""
    named = [environ.get(name, "") for name in ("LC_ALL", "LC_CTYPE", "LANG")]
    if named[1] == "C.UTF-8" and not named[0]:
        named[1] = ""
    return next((one for one in named if one), "C")
