"""Moves the state of one stack from its file into the bucket; killed at any point, it goes on where it was.

Terraform's own `init -migrate-state` gives what it copies a new lineage, so that a second run could not tell its own
copy from a stranger's state. The file is therefore copied byte for byte, under Terraform's lock, and only to where S3
has nothing yet.
"""

from __future__ import annotations

import socket
import uuid
from collections.abc import Callable

from .local_file import LocalFile
from .lock import explain, held_here
from .state import Course, StateError, course
from .state_object import StateObject

OPERATION = "bootstrap"


def move(file: LocalFile, there: StateObject, *, say: Callable[[str], None]) -> None:
    """See to it that the state lies in the bucket alone.

    The caller sees to it that no other move runs in the file's folder.

    Raises:
        StateError: there are two states, or somebody has the bucket's one locked; nothing was changed.
    """
    there.unlock_if(own_id(file))
    state = file.read()
    todo = course(file.stack, state, there.read())
    if state is None or todo is Course.NOTHING:
        return
    try:
        if todo is Course.MOVE:
            _copy(file, there)
            say(f"{file.stack}: {state.resources} resources: {file.path.name} -> {there.url}")
        kept = file.set_aside(state)
    finally:
        there.unlock_if(own_id(file))
    say(f"{file.stack}: the file is kept as {kept.name}")


def own_id(file: LocalFile) -> str:
    """Return the id of the locks that moves from this folder take: one that is left was left by a dead one."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{socket.gethostname()}:{file.path.absolute()}"))


def _copy(file: LocalFile, there: StateObject) -> None:
    held = there.lock(held_here(own_id(file), OPERATION, there.url.removeprefix("s3://")))
    if held:
        raise StateError(explain(held, stack=file.stack))
    state = file.read()
    if state is None:
        raise StateError(f"{file.path.name}: gone while it was moved: run it again")
    there.write_first(state)
    arrived = there.read()
    if arrived is None or arrived.content != state.content:
        raise StateError(f"{file.stack}: {there.url} is not what {file.path.name} is: run it again to compare them")
