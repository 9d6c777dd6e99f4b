"""One drill: what it is for, what it promised, what was seen."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, computed_field, model_validator
from pydantic.dataclasses import dataclass

from .figures import Figures
from .model import CONFIG, Text
from .timeline import Timeline

Kind = Literal["bad version", "bad task", "bad stage", "bad hook", "bad luck", "good release"]
Variant = Literal["bluegreen", "article"]
Verdict = Literal["kept", "broken"]

# No scheme, no root, no way up: the page links to files beside itself and to nothing else.
LogPath = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*$")]


@dataclass(frozen=True, config=CONFIG)
class Promise:
    """What must be true for visitors or for the account, and what was seen."""

    text: Text
    kept: bool
    seen: str


@dataclass(frozen=True, config=CONFIG)
class Drill:
    """A drill that was played. One that broke off has a broken promise that says so."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    """As `--drill` takes it: lower-case words with hyphens between them."""
    kind: Kind
    purpose: Text
    """One sentence."""
    variant: Variant
    """`bluegreen`: this product; `article`: the set-up of the article, without it."""
    promises: Annotated[tuple[Promise, ...], Field(min_length=1)]
    reason: str
    """Why the release ended so, as `bluegreen` printed it; empty: it printed none."""
    figures: Figures | None
    """null: the drill broke off before its visitors came."""
    timeline: Timeline | None
    """null: the drill broke off before its visitors came."""
    logs: tuple[LogPath, ...]
    """Paths of the logs, from the folder that the report lies in."""

    @computed_field
    @property
    def verdict(self) -> Verdict:
        """`kept`: all promises were."""
        return "kept" if all(promise.kept for promise in self.promises) else "broken"

    @model_validator(mode="after")
    def _has_figures_unless_it_is_broken(self) -> Self:
        if self.verdict == "kept" and (self.figures is None or self.timeline is None):
            raise ValueError(f"{self.name}: promises are kept, but there are no figures or no timeline to show it")
        return self
