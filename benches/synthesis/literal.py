"""Values of Terraform's JSON as TypeScript writes them: references as attributes of constructs, blocks as objects."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .bindings import Module

ADDRESS = re.compile(r"(?:data\.)?aws_\w+\.[\w-]+")
_REFERENCE = re.compile(rf"\$\{{({ADDRESS.pattern})\.(\w+)\}}")


def variable(address: str) -> str:
    """Return the name of the construct at an address."""
    return re.sub(r"\W", "_", address)


def camel(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.capitalize() for word in rest)


def as_object(entries: Mapping[str, str]) -> str:
    """Return an object of TypeScript whose values are written already."""
    return f"{{ {', '.join(f'{json.dumps(name)}: {value}' for name, value in entries.items())} }}"


@dataclass(frozen=True)
class Writer:
    """Writes the values of one stack: `made` are the addresses that can be referred to, `folder` holds its assets."""

    made: Collection[str]
    folder: Path

    def plain(self, value: Any, name: Callable[[str], str] = str) -> str:
        """Return a value whose names `name` turns into TypeScript's."""
        if isinstance(value, Mapping):
            return as_object({name(key): self.plain(one, name) for key, one in value.items()})
        if isinstance(value, list):
            return f"[{', '.join(self.plain(one, name) for one in value)}]"
        return self._string(value) if isinstance(value, str) else json.dumps(value)

    def block(self, value: Any, module: Module, function: str) -> str:
        """Return a block, or several, with the arguments that the bindings' `function` knows."""
        if isinstance(value, list):
            return f"[{', '.join(self.block(one, module, function) for one in value)}]"
        known = module.block(function)
        return as_object(
            {known[name].name: self.argument(one, module, known[name].block) for name, one in value.items()}
        )

    def argument(self, value: Any, module: Module, function: str | None) -> str:
        """Return an argument's value; `function` is None unless it is a block."""
        return self.block(value, module, function) if function else self.plain(value)

    def _string(self, text: str) -> str:
        if text.startswith("assets/") and (self.folder / text).is_file():
            return self._asset(text)
        pieces = _REFERENCE.split(text)
        if len(pieces) == 1 or any(address not in self.made for address in pieces[1::3]):
            return json.dumps(text)
        if len(pieces) == 4 and not pieces[0] and not pieces[3]:
            return f"{variable(pieces[1])}.{camel(pieces[2])}"
        return f"`{_template(pieces[0])}{self._rest(pieces[1:])}`"

    def _rest(self, pieces: list[str]) -> str:
        threes = zip(pieces[0::3], pieces[1::3], pieces[2::3], strict=True)
        return "".join(f"${{{variable(one)}.{camel(attribute)}}}{_template(after)}" for one, attribute, after in threes)

    def _asset(self, text: str) -> str:
        name = json.dumps(Path(text).parts[1])
        path = json.dumps(str((self.folder / text).absolute()))
        return f"new TerraformAsset(stack, {name}, {{ path: {path}, type: AssetType.FILE }}).path"


def _template(text: str) -> str:
    return text.replace("\\", "\\\\").replace("`", "\\`").replace("${", "\\${")
