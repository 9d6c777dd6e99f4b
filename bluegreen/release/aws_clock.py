"""The time as AWS has it, from the Date header of its answers: this machine's clock may be wrong."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RESOLUTION = timedelta(seconds=1.5)
"""A Date header has whole seconds: an answer within them does not set the clock anew, so that it never jumps back."""


@dataclass
class AwsClock:
    """Says this machine's time until AWS has answered once."""

    monotonic: Callable[[], float] = time.monotonic
    seen: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """Return the time in UTC."""
        if self.seen is None:
            return datetime.now(UTC)
        at, then = self.seen
        return at + timedelta(seconds=self.monotonic() - then)

    def heed(self, parsed: Mapping[str, Any], **_: Any) -> None:
        """Take the time out of an answer, as botocore hands it to its `after-call` handlers."""
        header = (parsed.get("ResponseMetadata") or {}).get("HTTPHeaders", {}).get("date", "")
        try:
            at = parsedate_to_datetime(header).astimezone(UTC)
        except (TypeError, ValueError, OverflowError):
            return
        if self.seen is None or not timedelta(0) <= self.now() - at < RESOLUTION:
            self.seen = (at, self.monotonic())
