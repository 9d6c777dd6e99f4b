"""A synthesized stack, as the rules and the tests read it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Resource = dict[str, Any]

_REFERENCE = re.compile(r"\$\{(\w+\.[\w-]+)\.\w+\}")


@dataclass(frozen=True, kw_only=True)
class StackJson:
    """The parsed `cdk.tf.json` of the stack `name`."""

    name: str
    document: dict[str, Any]
    rehearsal: bool = False
    """Whether it is only ever applied to a loopback."""

    def resources(self, *kinds: str) -> Iterator[tuple[str, Resource]]:
        """Yield address (`aws_lb.front`) and arguments of every resource of `kinds`, as in `aws_lb`."""
        declared = self.document.get("resource", {})
        for kind in kinds:
            for id_, resource in declared.get(kind, {}).items():
                yield f"{kind}.{id_}", resource

    def one(self, kind: str, named: str = "") -> Resource:
        """Return the one resource of a kind whose address contains `named`.

        Raises:
            ValueError: there is none, or more than one.
        """
        (found,) = [resource for address, resource in self.resources(kind) if named in address]
        return found

    def referred(self, reference: str) -> tuple[str, Resource]:
        """Return the resource that `${aws_lb.front.arn}` names.

        Raises:
            KeyError: it is no such reference, or of no resource of this stack.
        """
        found = _REFERENCE.fullmatch(reference)
        if found is None:
            raise KeyError(reference)
        kind, id_ = found.group(1).split(".")
        return found.group(1), self.document["resource"][kind][id_]
