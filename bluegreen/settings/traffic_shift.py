"""How production traffic is shifted: one of AWS's configurations, or percentages and minutes of one's own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .allowed import Allowed

PREFIX = "CodeDeployDefault.ECS"

PREDEFINED = tuple(
    f"{PREFIX}{name}"
    for name in (
        "AllAtOnce",
        "Linear10PercentEvery1Minutes",
        "Linear10PercentEvery3Minutes",
        "Canary10Percent5Minutes",
        "Canary10Percent15Minutes",
    )
)

LONGEST = 2880
"""Minutes that a shift may take."""

_NUMBER = r"[1-9]\d{0,3}"
_CANARY = rf"Canary(?P<percent>[1-9]\d?)Percent(?P<minutes>{_NUMBER})Minutes"
_LINEAR = rf"Linear(?P<percent>[1-9]\d?)PercentEvery(?P<minutes>{_NUMBER})Minutes"
_PLAIN = [re.sub(r"\?P<\w+>", "", pattern) for pattern in (_CANARY, _LINEAR)]


@dataclass(frozen=True, kw_only=True)
class TrafficShift:
    """A step of `percent`, and `minutes` later the rest (canary) or the next one (linear)."""

    linear: bool
    percent: int
    minutes: int

    @property
    def total(self) -> int:
        """Minutes from the first step, which is immediate, to the last."""
        return self.minutes * (-(-100 // self.percent) - 1) if self.linear else self.minutes


def own(config: str) -> TrafficShift | None:
    """Return the shift that a name such as `Canary20Percent15Minutes` says; None where it is one of AWS's."""
    for pattern, linear in ((_CANARY, False), (_LINEAR, True)):
        if found := re.fullmatch(pattern, config):
            return TrafficShift(linear=linear, percent=int(found["percent"]), minutes=int(found["minutes"]))
    return None


def configs() -> Allowed:
    def accepts(config: str) -> bool:
        shift = own(config)
        return config in PREDEFINED or (shift is not None and shift.total <= LONGEST)

    custom = f"Canary<1-99>Percent<n>Minutes or Linear<1-99>PercentEvery<n>Minutes, {LONGEST} minutes in all"
    schema = {"anyOf": [{"enum": list(PREDEFINED)}, {"pattern": f"^(?:{'|'.join(_PLAIN)})$"}]}
    return Allowed(words=f"{', '.join(PREDEFINED)}; or {custom}", accepts=accepts, schema=schema)
