"""What a release tells: one event, in words for a person and in fields for a program."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Event:
    """`kind` and `fields` are the documented JSON line; `text` may have several lines; `tone` is good, bad or empty."""

    kind: str
    text: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    tone: str = ""
    at: datetime = field(default_factory=_now)
