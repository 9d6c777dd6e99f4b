"""The names that the provider's JavaScript bindings give to Terraform's: read from the bindings themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_CLASS = re.compile(r'^(\w+)\.tfResourceType = "(\w+)";$', re.MULTILINE)
_ENTRY = re.compile(r"^\s+(\w+): (.+)$", re.MULTILINE)
_MEMBER = re.compile(r"\((?:struct\.|this\._)(\w+)(?:\.internalValue)?\),?$")
_NESTED = re.compile(r"(?<![.\w])(\w+ToTerraform)\b")


@dataclass(frozen=True)
class Argument:
    """How TypeScript names an argument, and the bindings' function that writes the block in it, if it is one."""

    name: str
    block: str | None


@dataclass(frozen=True)
class Module:
    """One module of the bindings, `lib/<name>`, and the one class of it that makes a resource."""

    name: str
    text: str
    class_name: str

    def arguments(self) -> Mapping[str, Argument]:
        """Return the resource's own arguments by Terraform's name."""
        return _arguments(self._between(r"^    synthesizeAttributes\(\) \{$", r"^    \}$"))

    def block(self, function: str) -> Mapping[str, Argument]:
        """Return the arguments of the block that `function` writes."""
        return _arguments(self._between(rf"^function {function}\(struct\) \{{$", r"^\}$"))

    def _between(self, begin: str, end: str) -> str:
        found = re.search(rf"{begin}(.*?){end}", self.text, re.MULTILINE | re.DOTALL)
        if found is None:
            raise RuntimeError(f"{self.name}: the bindings have no {begin}: the benchmark reads those of 20.1.0")
        return found[1]


@cache
def module(library: Path, name: str, kind: str) -> Module:
    """Return the module in the folder `name` of the bindings that makes `kind`, as Terraform names it: `aws_vpc`."""
    text = (library / name / "index.js").read_text(encoding="utf-8")
    class_name = next(class_name for class_name, found in _CLASS.findall(text) if found == kind)
    return Module(name, text, class_name)


def of_address(library: Path, address: str) -> Module:
    """Return the module of a resource, `aws_vpc.name`, or of a data source, `data.aws_vpc.name`."""
    *data, kind, _name = address.split(".")
    return module(library, "-".join([*data, *(["aws"] if data else []), *kind.split("_")[1:]]), kind)


def of_provider(library: Path) -> Module:
    return module(library, "provider", "aws")


def _arguments(body: str) -> Mapping[str, Argument]:
    found = {}
    for name, expression in _ENTRY.findall(body):
        if member := _MEMBER.search(expression):
            block = _NESTED.search(expression)
            found[name] = Argument(member[1], block[1] if block else None)
    return found
