"""Lives through many seeds, in one process or in several."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager

from .history import Outcome, live_seed

CHUNK = 200


def violations(seeds: Iterable[int], processes: int = 1) -> Iterator[tuple[int, Outcome | None]]:
    """Yield, in the order of the seeds, how many are done and the outcome of one that broke an invariant."""
    numbers = list(seeds)
    chunks = [numbers[start : start + CHUNK] for start in range(0, len(numbers), CHUNK)]
    done = 0
    for chunk, found in zip(chunks, _lived(chunks, processes), strict=True):
        done += len(chunk)
        yield done, None
        yield from ((done, outcome) for outcome in found)


def broken(seeds: Iterable[int]) -> list[Outcome]:
    """Live through the seeds; return the outcomes that broke an invariant."""
    with _no_log():
        outcomes = [outcome for seed in seeds if (outcome := live_seed(seed)).violation]
    gc.collect()
    return outcomes


@contextmanager
def _no_log() -> Iterator[None]:
    """A crash of the engine is a violation, not a traceback."""
    logger = logging.getLogger("bluegreen")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _lived(chunks: list[list[int]], processes: int) -> Iterator[list[Outcome]]:
    if processes == 1:
        yield from map(broken, chunks)
        return
    with ProcessPoolExecutor(processes) as pool:
        yield from pool.map(broken, chunks)
