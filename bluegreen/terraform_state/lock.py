"""Who has a state locked: read from Terraform's words or from its lock's own file, and told in one line."""

from __future__ import annotations

import getpass
import json
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from .stacks import FOUNDATION

REFUSED = "Error acquiring the state lock"

_COLOR = re.compile(r"\x1b\[[0-9;]*m")
_FRAME = re.compile(r"^.*?[│╷╵]", re.MULTILINE)
_FIELD = re.compile(r"^\s*(ID|Path|Operation|Who|Version|Created|Info):[ \t]*(.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Lock:
    """The lock of a state; `operation` is Terraform's word for what it is held for, `created` as Terraform wrote it."""

    id: str
    operation: str
    who: str
    created: str
    path: str = ""

    @classmethod
    def of_fields(cls, fields: Mapping[str, str]) -> Lock:
        given = {name: fields.get(name.capitalize(), "") for name in ("operation", "who", "created", "path")}
        return cls(id=fields.get("ID", ""), **given)

    @classmethod
    def from_json(cls, content: bytes) -> Lock:
        """Read the file that Terraform keeps beside the state; what cannot be read is a lock of nobody known."""
        try:
            return cls.of_fields(json.loads(content))
        except (ValueError, AttributeError):
            return cls.of_fields({})

    def to_json(self) -> bytes:
        fields = {"ID": self.id, "Operation": self.operation, "Who": self.who, "Created": self.created}
        return json.dumps({**fields, "Path": self.path, "Info": "", "Version": ""}).encode()


def held_here(id_: str, operation: str, path: str) -> Lock:
    """Return a lock that says that this user of this machine holds it as of now."""
    created = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    return Lock(
        id=id_, operation=operation, who=f"{getpass.getuser()}@{socket.gethostname()}", created=created, path=path
    )


def in_the_way(said: str) -> Lock | None:
    """Return the lock that Terraform says is in its way; None where it complains of something else."""
    plain = _FRAME.sub("", _COLOR.sub("", said))
    _, refused, details = plain.partition(REFUSED)
    fields = dict(_FIELD.findall(details.partition("Lock Info:")[2]))
    return Lock.of_fields(fields) if refused and fields.get("ID") else None


def freeing(stack: str, lock: Lock) -> str:
    """Return the command that frees a lock."""
    variable = "STACK" if stack == FOUNDATION else "ENV"
    return f"make unlock {variable}={stack} ID={lock.id}"


def explain(lock: Lock, *, stack: str) -> str:
    """Say who holds the lock, since when, and what to do."""
    doing = lock.operation.removeprefix("OperationType").lower() or "something"
    since = lock.created.split(".")[0].replace("T", " ").removesuffix(" +0000 UTC").removesuffix("Z")
    return (
        f"{stack}: the state is locked by {lock.who or 'nobody known'} ({doing}) since {since or 'nobody knows when'} "
        f"UTC, lock {lock.id}: wait until that has ended. If it is dead (killed, or its machine is gone), "
        f"free the lock: `{freeing(stack, lock)}`"
    )
