"""What happened in a drill and when; moments are seconds after its visitors began."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic.dataclasses import dataclass

from .model import CONFIG, Count, Seconds, Text

Role = Literal["live", "new", "bad"]
Percent = Annotated[float, Field(ge=0, le=100)]


@dataclass(frozen=True, config=CONFIG)
class Version:
    """The answers of one task definition revision."""

    name: Text
    """As a reader knows it, such as `Blue (app:2)`."""
    role: Role
    """`live`: served before the drill; `new`: the drill releases it and it is good; `bad`: nobody should meet it."""
    answers: tuple[Count, ...]
    """How many visitors it answered, a number for each step."""


@dataclass(frozen=True, config=CONFIG)
class Weight:
    """From this moment the production listener shares visitors out so."""

    at: Seconds
    blue: Percent
    """To the target group that was live when the drill began."""
    green: Percent
    """To the other one."""


@dataclass(frozen=True, config=CONFIG)
class Event:
    """A lifecycle event of the deployment, or what the drill itself did."""

    at: Seconds
    name: Text
    """AWS's name, such as `BeforeAllowTraffic`, or the deed, such as `proxy restarted`."""
    status: str
    """AWS's status, such as `Succeeded` or `Failed`; empty: none."""


@dataclass(frozen=True, config=CONFIG)
class Alarm:
    """A CloudWatch alarm changed its state."""

    at: Seconds
    name: Text
    state: Literal["OK", "ALARM", "INSUFFICIENT_DATA"]


@dataclass(frozen=True, config=CONFIG)
class Timeline:
    """Visitors in steps of equal length, and the marks between them."""

    step: Annotated[float, Field(gt=0)]
    """Length of a step, in seconds."""
    versions: tuple[Version, ...]
    """Each version that answered somebody, the one that was live first."""
    errors: tuple[Count, ...]
    """How many requests were dropped, a number for each step."""
    weights: tuple[Weight, ...]
    """In the order of time."""
    events: tuple[Event, ...]
    """In the order of time."""
    alarms: tuple[Alarm, ...]
    """In the order of time."""

    @model_validator(mode="after")
    def _is_of_one_length(self) -> Self:
        lengths = {len(self.errors), *(len(version.answers) for version in self.versions)}
        if len(lengths) > 1:
            raise ValueError(f"versions and errors have {sorted(lengths)} steps: give all of them the same number")
        for name in ("weights", "events", "alarms"):
            moments = [one.at for one in getattr(self, name)]
            if moments != sorted(moments):
                raise ValueError(f"{name} are not in the order of time")
        return self
