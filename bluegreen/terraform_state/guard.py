"""Refuses to work on a stack whose state is still in a file while its settings say that it is in the bucket.

Terraform would find no state there, and make everything a second time.
"""

from __future__ import annotations

from pathlib import Path

from bluegreen.settings import FOLDER, load_foundation

from . import backend_record
from .local_file import LocalFile
from .stacks import shared
from .state import StateError


def check(stack: str, project: Path) -> None:
    """Check the stack, and remove a note of its old backend.

    Raises:
        StateError: its state has not been moved.
    """
    foundation = load_foundation(project / FOLDER)
    file = LocalFile(stack=stack, project=project)
    if not foundation.shares_state or stack not in shared(project / FOLDER):
        return
    state = file.read()
    if state and not state.empty:
        raise StateError(
            f"{stack}: its state ({state.resources} resources) is in {file.path.name}, and foundation.toml "
            f"keeps states in {foundation.state_bucket}: `make bootstrap` moves it there"
        )
    backend_record.forget(project, stack)
