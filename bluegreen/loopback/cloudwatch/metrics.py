"""Every datum of an account's region, by metric."""

from __future__ import annotations

import threading
from bisect import bisect_left, insort
from collections.abc import Iterable
from operator import attrgetter

from .datum import Datum, Metric, statistic

BY_TIME = attrgetter("time")
# Data older than this many AWS seconds are forgotten: a day, where AWS keeps those of a minute for 15 days.
KEPT_SECONDS = 86_400.0


class Metrics:
    """Keeps data; `kept` is for how many real seconds."""

    def __init__(self, kept: float) -> None:
        self._kept = kept
        self._data: dict[Metric, list[Datum]] = {}
        self._lock = threading.Lock()

    def __iter__(self):
        with self._lock:
            return iter(list(self._data))

    def record(self, metric: Metric, data: Iterable[Datum]) -> None:
        """Add data, in whatever order of time."""
        with self._lock:
            known = self._data.setdefault(metric, [])
            for datum in data:
                insort(known, datum, key=BY_TIME)
            if known:
                del known[: bisect_left(known, known[-1].time - self._kept, key=BY_TIME)]

    def between(self, metric: Metric, start: float, end: float, unit: str | None = None) -> list[Datum]:
        """Return the data with start ≤ time < end, of that unit if one is given."""
        with self._lock:
            known = self._data.get(metric, [])
            found = known[bisect_left(known, start, key=BY_TIME) : bisect_left(known, end, key=BY_TIME)]
        return [datum for datum in found if unit is None or datum.unit == unit]

    def values(
        self, metric: Metric, word: str, starts: Iterable[float], period: float, unit: str | None = None
    ) -> list[float | None]:
        """Return a statistic for each period that begins at one of `starts` and takes `period` real seconds."""
        return [statistic(word, self.between(metric, start, start + period, unit)) for start in starts]
