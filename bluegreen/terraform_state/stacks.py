"""The stacks whose state is shared."""

from __future__ import annotations

from pathlib import Path

from bluegreen.settings import load, names

FOUNDATION = "foundation"


def shared(folder: Path) -> tuple[str, ...]:
    """Return the foundation and every environment of `folder` but rehearsals: each of those has an account of its own.

    Raises:
        SettingsError: a file of settings is wrong.
    """
    return (FOUNDATION, *(name for name in names(folder) if not load(name, folder).rehearsal))
