"""Round numbers for an axis."""

from __future__ import annotations

import math


def ticks(highest: float, most: int) -> tuple[float, ...]:
    """Return at most `most` multiples of 1, 2 or 5 (times a power of ten), from 0 up to `highest`."""
    if highest <= 0:
        return (0.0,)
    rough = highest / max(1, most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough * (1 - 1e-9))
    return tuple(round(step * number, 9) for number in range(math.floor(highest / step + 1e-9) + 1))


def label(value: float) -> str:
    """Return the number without digits that say nothing: `0`, `0.5`, `1,500`."""
    return f"{value:,.6g}" if value < 1000 else f"{value:,.0f}"
