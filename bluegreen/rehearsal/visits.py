"""The record of all visits, in columns: a million of them take 18 MB, where objects would take some hundred."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import overload

from .visit import Visit

MOST = 2_000_000
"""Visits that a record holds: almost two hours of 300 a second, in 36 MB."""
MOST_NAMES = 1000
"""Different answers, and different errors, that are kept as they came; what is more reads `something else`."""
ELSE = "something else"
PENDING = 0xFFFF
NO_STATUS = 0


class FullError(RuntimeError):
    """The record holds as many visits as it may."""


@dataclass
class Names:
    """Texts that occur again and again, each kept once and known by its number."""

    texts: list[tuple[str | None, ...]] = field(default_factory=list)
    _numbers: dict[tuple[str | None, ...], int] = field(default_factory=dict)

    def number(self, *text: str | None) -> int:
        """Return the number of the text, a new one where it is new."""
        if (known := self._numbers.get(text)) is not None:
            return known
        if len(self.texts) > MOST_NAMES:
            return MOST_NAMES
        if len(self.texts) == MOST_NAMES:
            text = (ELSE,) * len(text)
        self._numbers[text] = len(self.texts)
        self.texts.append(text)
        return len(self.texts) - 1


class Visits(Sequence[Visit]):
    """Visits in the order they were due: a row is begun when a visit is due, and filled when its answer is there."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self.due = array("d")
        """Epoch seconds."""
        self.seconds = array("f")
        """What the visitor waited."""
        self._status = array("H")
        self._answer = array("H")
        self._error = array("H")
        self._answers = Names()
        self._errors = Names()
        self._errors.number("")

    def begin(self, due: float) -> int:
        """Take note of a visit that is due now, and return its row.

        Raises:
            FullError: there is no room for another.
        """
        if len(self.due) >= self._most:
            raise FullError(f"the record is full: {self._most} visits; shorten the run or send fewer a second")
        self.due.append(due)
        self.seconds.append(0.0)
        self._status.append(PENDING)
        self._answer.append(self._answers.number(None, None))
        self._error.append(0)
        return len(self.due) - 1

    def answer(self, row: int, at: float, status: int, key: str | None, task_definition: str | None) -> None:
        """Fill a row with the answer that was there at `at` (epoch seconds)."""
        self.seconds[row] = at - self.due[row]
        self._answer[row] = self._answers.number(task_definition, key)
        self._status[row] = status

    def fail(self, row: int, at: float, error: str) -> None:
        """Fill a row whose visitor got no answer."""
        self.seconds[row] = at - self.due[row]
        self._error[row] = self._errors.number(error)
        self._status[row] = NO_STATUS

    @property
    def bytes_each(self) -> int:
        """How many bytes a visit takes."""
        return sum(column.itemsize for column in self._columns)

    @property
    def _columns(self) -> tuple[array[float] | array[int], ...]:
        return (self.due, self.seconds, self._status, self._answer, self._error)

    def __len__(self) -> int:
        return len(self.due)

    @overload
    def __getitem__(self, index: int) -> Visit: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Visit]: ...
    def __getitem__(self, index: int | slice) -> Visit | Sequence[Visit]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        status = self._status[index]
        task_definition, key = self._answers.texts[self._answer[index]]
        (error,) = self._errors.texts[self._error[index]]
        if status == PENDING:
            error = "no answer when the visitors left"
        return Visit(
            due=self.due[index],
            seconds=self.seconds[index],
            status=None if status in (PENDING, NO_STATUS) else status,
            key=key,
            task_definition=task_definition,
            error=error or "",
        )
