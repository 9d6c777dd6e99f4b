"""A next step, which depends on who made the service: our Terraform, or others (`bluegreen target import`). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget


@dataclass(frozen=True)
class Step:
    """What to do, in words that fit every service; and how, in brackets, for those of one kind.

    `ours` is how it is done where our Terraform made the service, `theirs` where others did; `{environment}` in
    `ours` is filled in. Empty: there is nothing to add.
    """

    words: str
    ours: str = ""
    theirs: str = ""

    def fit(self, target: ReleaseTarget) -> str:
        """Return the step for the service of a release target."""
        how = self.theirs if target.imported else self.ours.format(environment=target.environment)
        return f"{self.words} ({how})" if how else self.words
