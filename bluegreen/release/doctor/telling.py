"""Findings as events."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from bluegreen.release.event import Event

from .finding import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .finding import Finding

TONES = {Level.OK: "good", Level.WARNING: "", Level.ERROR: "bad"}
WIDTH = 19


def as_event(check: str, one: Finding) -> Event:
    """Tell one finding."""
    fields = {"check": check, "level": str(one.level), "found": one.found, "remedy": one.remedy}
    remedy = f"\n-> {one.remedy}" if one.remedy else ""
    return Event(
        kind="finding",
        text=f"{one.level:<8} {check:<{WIDTH}} {one.found}{remedy}",
        fields=fields,
        tone=TONES[one.level],
    )


def verdict(findings: Mapping[str, Finding]) -> Event:
    """Tell whether a release would go well, as far as can be seen."""
    count = Counter(one.level for one in findings.values())
    errors, warnings = count[Level.ERROR], count[Level.WARNING]
    checks = f"{len(findings)} checks"
    words = f"a release would fail: {errors} of {checks}" if errors else "nothing hinders a release"
    fields = {"errors": errors, "warnings": warnings, "checks": len(findings)}
    tone = "bad" if errors else "good"
    return Event(kind="verified", text=f"{words}; {warnings} of {checks} warn", fields=fields, tone=tone)
