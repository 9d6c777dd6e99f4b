"""`make unlock`: frees a lock whose holder is dead, or says who holds it."""

from __future__ import annotations

from pathlib import Path

from bluegreen.settings import FOLDER, load_foundation

from .lock import explain
from .stacks import shared
from .state import StateError
from .state_object import StateObject
from .terraform import Terraform, s3_backend


def unlock(stack: str, id_: str, project: Path) -> str:
    """Free the lock called `id_` of a stack with `terraform force-unlock`; return what was done, in words.

    Raises:
        StateError: the state is no shared one, or another lock holds it, or none was named.
    """
    foundation, stacks = load_foundation(project / FOLDER), shared(project / FOLDER)
    if not foundation.shares_state:
        raise StateError(f"{stack}: states are files here, and a file's lock ends with the process that holds it")
    if stack not in stacks:
        raise StateError(f"{stack or 'no stack'}: found no shared state of that name, allowed: {', '.join(stacks)}")
    import boto3  # noqa: PLC0415 - a refusal need not pay for it

    s3 = boto3.session.Session(region_name=foundation.region).client("s3")
    held = StateObject(stack=stack, bucket=foundation.state_bucket, s3=s3).locked()
    if held is None:
        return f"{stack}: nobody has it locked"
    if held.id != id_:
        raise StateError(explain(held, stack=stack))
    terraform = Terraform.on(
        project / ".build/unlock" / stack, {"terraform": {"backend": s3_backend(stack, foundation)}}
    )
    for command in (("init", "-input=false", "-no-color"), ("force-unlock", "-force", "-no-color", id_)):
        if terraform(*command)[0] != 0:
            raise StateError(f"{stack}: terraform {command[0]} failed: the lock {id_} is still there")
    return f"{stack}: lock {id_} of {held.who} is gone; look at a plan before the next apply"
