"""What a state is, and what becomes of one that is found in a file, in the bucket, or in both. Pure."""

from __future__ import annotations

import enum
import json
from dataclasses import dataclass


class StateError(RuntimeError):
    """One line: what was found, what is allowed, what to do."""


@dataclass(frozen=True, kw_only=True)
class State:
    """One version of a state. Terraform gives all versions of one state the same lineage, and counts up the serial."""

    lineage: str
    serial: int
    resources: int
    content: bytes

    @property
    def empty(self) -> bool:
        """Whether nothing would be lost with it."""
        return self.resources == 0


class Course(enum.Enum):
    """What is to be done for the state to lie in the bucket, and nowhere else."""

    NOTHING = "there is no state in a file"
    MOVE = "the file's state goes to the bucket"
    SET_ASIDE = "the bucket has the file's state, or a later one"


def parse(content: bytes, where: str) -> State | None:
    """Read a state; None for a file that Terraform has begun and written nothing to.

    Raises:
        StateError: it is no state of Terraform's, or of a version that is not known here.
    """
    if not content.strip():
        return None
    try:
        document = json.loads(content)
        if document["version"] != 4:
            raise StateError(
                f"{where}: a state of version {document['version']}, and Terraform has written 4 since 0.12"
            )
        managed = [one for one in document["resources"] if one["mode"] == "managed"]
        return State(lineage=document["lineage"], serial=document["serial"], resources=len(managed), content=content)
    except (ValueError, KeyError, TypeError):
        raise StateError(f"{where}: no state that Terraform could have written: put back a version that is") from None


def course(stack: str, file: State | None, bucket: State | None) -> Course:
    """Decide what is to be done with both.

    Raises:
        StateError: they are states of two different things, or the file's is the later one: nobody but a person knows
            which one is true.
    """
    if file is None:
        return Course.NOTHING
    if bucket is None:
        return Course.MOVE
    if file.lineage == bucket.lineage and file.serial <= bucket.serial:
        return Course.SET_ASIDE
    if file.empty:
        return Course.SET_ASIDE
    raise StateError(
        f"{stack}: two states: the file has {_words(file)}, the bucket {_words(bucket)}; neither was touched. "
        "Find out which one is true (docs/state.md, Two states), and move the other one away"
    )


def _words(state: State) -> str:
    return f"{state.resources} resources (lineage {state.lineage[:8]}, serial {state.serial})"
