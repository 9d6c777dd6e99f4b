"""Calls that several checks need and one makes."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass(frozen=True)
class Once(Generic[T]):
    """A call made by whoever asks first, from any thread; its refusal is everybody's."""

    call: Callable[[], T]
    _lock: Any = field(default_factory=threading.Lock, repr=False)
    _answer: Future[T] = field(default_factory=Future, repr=False)

    def __call__(self) -> T:
        """Return what the call found.

        Raises:
            Exception: what the call raised.
        """
        with self._lock:
            if not self._answer.done():
                try:
                    self._answer.set_result(self.call())
                except Exception as error:
                    self._answer.set_exception(error)
        return self._answer.result()
