"""The state of a stack in a file of the project's folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bluegreen.settings import state_file

from .state import State, parse


@dataclass(frozen=True, kw_only=True)
class LocalFile:
    """The file that Terraform keeps the state of `stack` in, whether it is there or not."""

    stack: str
    project: Path

    @property
    def path(self) -> Path:
        return self.project / state_file(self.stack)

    def read(self) -> State | None:
        """Return the state, None where there is none.

        Raises:
            StateError: the file is there and no state.
        """
        return parse(self.path.read_bytes(), self.path.name) if self.path.is_file() else None

    def set_aside(self, state: State) -> Path:
        """Rename the file, so that no Terraform finds it and nothing is lost; return what it is called now.

        The name tells versions apart: what was set aside earlier stays.
        """
        kept = self.path.with_name(f"{self.path.name}.moved-{state.lineage[:8]}-{state.serial}")
        self.path.rename(kept)
        return kept
