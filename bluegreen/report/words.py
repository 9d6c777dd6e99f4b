"""Figures as a reader sees them: short, with their unit, the same everywhere."""

from __future__ import annotations

from .evidence import Run
from .figures import Exposure
from .latency import Latency
from .times import Times

NOTHING = "–"  # noqa: RUF001  what a cell shows where there is no figure


def count(number: int) -> str:
    return f"{number:,}"


def dropped(number: int, risked: int) -> str:
    """Say how many requests were dropped, and how many of them the configuration knowingly risks."""
    if not number or not risked:
        return f"{count(number)} dropped"
    which = "as the configuration risks" if risked == number else f"of which the configuration risks {count(risked)}"
    return f"{count(number)} dropped {which}"


def plural(number: int, one: str) -> str:
    """Return `1 drill`, `2 drills`."""
    return f"{count(number)} {one}{'' if number == 1 else 's'}"


def seconds(span: float | None) -> str:
    """Return `23 ms`, `4.5 s`, `75 s` or `12 min 5 s`."""
    if span is None:
        return NOTHING
    if span < 0.0995:
        return f"{span * 1000:.0f} ms"
    if span < 9.95:
        return f"{span:.1f} s"
    whole = round(span)
    return f"{whole} s" if whole < 120 else f"{whole // 60} min {whole % 60} s"


def milliseconds(latency: Latency | None) -> str:
    """Return median, 99th percentile and slowest: `2.8 / 8.1 / 19`."""
    return NOTHING if latency is None else " / ".join(map(_short, (latency.p50, latency.p99, latency.max)))


def times(found: Times | None) -> str:
    """Return median and longest: `0.9 s / 24 s`."""
    return NOTHING if found is None else f"{seconds(found.median)} / {seconds(found.longest)}"


def percent(share: float) -> str:
    """Return `10 %`, `9.7 %`, or for what would round to nothing or to all of it, `< 0.1 %` and `< 100 %`."""
    hundredths = share * 100
    if 0 < hundredths < 0.1:
        return "< 0.1 %"
    if 99.95 <= hundredths < 100:
        return "< 100 %"
    return f"{hundredths:.1f}".removesuffix(".0") + " %"


def exposure(met: Exposure) -> str:
    if met.share == 0 and met.seconds == 0:
        return "none"
    return f"{percent(met.share)} for {seconds(met.seconds)}"


def scale(run: Run) -> str:
    """Return what the run's seconds are worth on AWS."""
    if run.minute == 60:
        return "in AWS's own time"
    return (
        f"a minute of AWS takes {seconds(run.minute)} here, so its waits take {60 / run.minute:.3g} times as long there"
    )


def _short(time: float) -> str:
    return f"{time:.1f}" if time < 9.95 else f"{time:,.0f}"
