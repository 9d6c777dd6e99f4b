"""What a run of drills showed: raw figures, from which every report is drawn."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AwareDatetime, Field, computed_field, model_validator
from pydantic.dataclasses import dataclass

from .drill import Drill
from .model import CONFIG, Seconds, Text
from .totals import Totals, add_up


@dataclass(frozen=True, config=CONFIG)
class Run:
    """When and on what the drills were played."""

    started: AwareDatetime
    seconds: Seconds
    """How long the whole run took."""
    machine: Text
    """Such as `2 cores, x86_64`: never a host's name."""
    minute: Annotated[float, Field(gt=0)]
    """How many seconds a minute of AWS took: 60 on AWS, less on a loopback that shrinks every wait."""
    rate: Annotated[float, Field(gt=0)]
    """Requests that visitors sent a second."""


@dataclass(frozen=True, config=CONFIG)
class Evidence:
    """A run and its drills, in the order they are to be shown."""

    run: Run
    drills: Annotated[tuple[Drill, ...], Field(min_length=1)]

    @computed_field
    @property
    def totals(self) -> tuple[Totals, ...]:
        """One for each variant that was played, `bluegreen` first."""
        every = (add_up("bluegreen", self.drills), add_up("article", self.drills))
        return tuple(totals for totals in every if totals.drills)

    @model_validator(mode="after")
    def _has_each_drill_once(self) -> Self:
        names = [(drill.variant, drill.name) for drill in self.drills]
        twice = sorted({name for variant, name in names if names.count((variant, name)) > 1})
        if twice:
            raise ValueError(f"played twice in one set-up: {', '.join(twice)}; give each drill a name of its own")
        return self
