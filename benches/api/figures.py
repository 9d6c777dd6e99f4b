"""The promises of the API, each beside hyper alone in the same run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benches.figure import Figure, megabytes

from . import instructions
from .first_answer import first_answers
from .load import CONNECTIONS, Round, rounds
from .programs import Programs, build

HYPER = "hyper alone"
LEAST_OF_HYPER = 0.90
INSTRUCTIONS = 10_000
IDLE, BUSY, BINARY = 3.5e6, 5.5e6, 2.2e6
START_OF_HYPER = 1.2


@dataclass(frozen=True)
class Contestants:
    """The rounds of the API, of axum as documented, and of hyper alone."""

    api: list[Round]
    axum: list[Round]
    hyper: list[Round]

    @property
    def limited(self) -> bool:
        return all(one.limited for one in (*self.api, *self.axum, *self.hyper))


def measure() -> list[Figure]:
    """Build, then measure everything in turn: about a minute and a half after the first build."""
    programs = build()
    taken = rounds(programs, [programs.api, programs.axum, programs.hyper])
    contestants = Contestants(taken[programs.api], taken[programs.axum], taken[programs.hyper])
    return [
        *_speed(contestants),
        *_memory(contestants),
        *_instructions(programs),
        _start(programs),
        _size(programs.api, programs.hyper),
    ]


def _speed(contestants: Contestants) -> Iterator[Figure]:
    """Requests per second where the quota held; without it other work decides them, so processor time has to do."""
    limited = contestants.limited
    hyper = [one.processor_seconds for one in contestants.hyper]
    if limited:
        yield _rate("API", contestants.api, contestants.hyper, LEAST_OF_HYPER)
        yield _rate("axum as documented", contestants.axum, contestants.hyper, None)
    yield Figure(
        what="API: processor time of a request",
        values=[one.processor_seconds for one in contestants.api],
        reference=HYPER,
        reference_values=hyper,
        most_ratio=None if limited else 1 / LEAST_OF_HYPER,
    )


def _rate(name: str, rounds: list[Round], hyper: list[Round], least: float | None) -> Figure:
    return Figure(
        what=f"{name}: requests a second at 0.25 vCPU, {CONNECTIONS} connections",
        values=[one.requests_per_second for one in rounds],
        reference=HYPER,
        reference_values=[one.requests_per_second for one in hyper],
        least_ratio=least,
        show=_count,
    )


def _memory(contestants: Contestants) -> Iterator[Figure]:
    yield _bytes("memory when idle", [(a.idle_bytes, h.idle_bytes) for a, h in _pairs(contestants)], IDLE)
    busy = [(a.busy_bytes, h.busy_bytes) for a, h in _pairs(contestants)]
    yield _bytes(f"memory with {CONNECTIONS} connections", busy, BUSY)


def _pairs(contestants: Contestants) -> Iterator[tuple[Round, Round]]:
    return zip(contestants.api, contestants.hyper, strict=True)


def _instructions(programs: Programs) -> Iterator[Figure]:
    api, hyper = (instructions.per_request(programs, one) for one in (programs.api, programs.hyper))
    if api is not None and hyper is not None:
        yield Figure(
            what="API: user instructions of a request",
            values=[api],
            reference=HYPER,
            reference_values=[hyper],
            limit=INSTRUCTIONS,
            show=_count,
        )


def _start(programs: Programs) -> Figure:
    taken = first_answers(programs, [programs.api, programs.hyper])
    return Figure(
        what="API: start to first 200",
        values=taken[programs.api],
        reference=HYPER,
        reference_values=taken[programs.hyper],
        most_ratio=START_OF_HYPER,
    )


def _size(api: Path, hyper: Path) -> Figure:
    return _bytes("static binary", [(api.stat().st_size, hyper.stat().st_size)], BINARY)


def _bytes(what: str, pairs: list[tuple[int, int]], limit: float) -> Figure:
    return Figure(
        what=f"API: {what}",
        values=[api for api, _ in pairs],
        reference=HYPER,
        reference_values=[hyper for _, hyper in pairs],
        limit=limit,
        show=megabytes,
    )


def _count(number: float) -> str:
    return f"{number:,.0f}"
