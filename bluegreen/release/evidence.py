"""Reads what explains an outcome; what may not be read is noted and never hides the outcome itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from .errors import ReleaseError, in_one_line

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass
class Evidence:
    """Notes, one a refusal, in the order in which they were met and none twice."""

    notes: dict[str, None] = field(default_factory=dict)

    def read(self, call: Callable[[], T], otherwise: T) -> T:
        """Return what `call` finds, or `otherwise` with a note when AWS refuses it or cannot be reached."""
        from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415 - boto3 is imported by now

        try:
            return call()
        except (BotoCoreError, ClientError, ReleaseError) as error:
            self.notes[in_one_line(error)] = None
            return otherwise
