"""Writes the TypeScript program that makes the same stacks: each resource of the synthesized JSON as a construct.

It is what a fast program looks like in TypeScript: one module imported for each kind of resource, references between
constructs by attribute, blocks as objects. It computes nothing that the Python program computes, which favours it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from .bindings import Module, of_address, of_provider
from .literal import ADDRESS, Writer, as_object, camel, variable

_HANDLED = {"//", "data", "output", "provider", "resource", "terraform"}
# cdktf 0.21 has no name for it: a TypeScript program overrides the JSON, as ours does.
_NAMELESS = {"use_lockfile"}
_CORE = "App, AssetType, LocalBackend, S3Backend, TerraformAsset, TerraformOutput, TerraformStack"


def write(stacks: Mapping[str, Path], library: Path) -> str:
    """Return the program's text.

    Args:
        stacks: the folder with the synthesized JSON of each stack, by the stack's name.
        library: the folder `lib` of the provider's bindings.
    """
    read = [Stack(name, folder, library) for name, folder in stacks.items()]
    modules = {(found.class_name, found.name) for stack in read for found in stack.modules()}
    imports = [f'import {{ {name} }} from "@cdktf/provider-aws/lib/{path}";' for name, path in sorted(modules)]
    bodies = [line for stack in read for line in stack.lines()]
    core = f'import {{ {_CORE} }} from "cdktf";'
    return "\n".join([core, *imports, "const app = new App();", *bodies, "app.synth();", ""])


class Stack:
    """One stack's JSON as statements of TypeScript."""

    def __init__(self, name: str, folder: Path, library: Path) -> None:
        self._name, self._library = name, library
        self._document: dict[str, Any] = json.loads((folder / "cdk.tf.json").read_text(encoding="utf-8"))
        if unknown := set(self._document) - _HANDLED:
            raise RuntimeError(f"{name}: the benchmark cannot write {', '.join(sorted(unknown))} in TypeScript yet")
        self._made = dict(self._constructs())
        self._writer = Writer(self._made, folder)

    def modules(self) -> Iterator[Module]:
        """Yield the modules that the stack's constructs come from."""
        yield of_provider(self._library)
        yield from (of_address(self._library, address) for address in self._made)

    def lines(self) -> Iterator[str]:
        """Yield the statements, each after those that it refers to."""
        yield f"{{ const stack = new TerraformStack(app, {json.dumps(self._name)});"
        yield from self._settings()
        for address in TopologicalSorter({one: self._mentions(one) for one in self._made}).static_order():
            yield from self._construct(address, self._made[address])
        for name, output in self._document.get("output", {}).items():
            yield f"new TerraformOutput(stack, {json.dumps(name)}, {self._writer.plain(output)});"
        yield "}"

    def _constructs(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for section, prefix in (("data", "data."), ("resource", "")):
            for kind, named in self._document.get(section, {}).items():
                yield from ((f"{prefix}{kind}.{name}", made) for name, made in named.items())

    def _mentions(self, address: str) -> set[str]:
        return {found for found in ADDRESS.findall(json.dumps(self._made[address])) if found in self._made} - {address}

    def _settings(self) -> Iterator[str]:
        terraform = self._document["terraform"]
        for kind, backend in terraform.get("backend", {}).items():
            known = {name: value for name, value in backend.items() if name not in _NAMELESS}
            yield f"new {kind.capitalize()}Backend(stack, {self._writer.plain(known, camel)});"
            for name in sorted(set(backend) & _NAMELESS):
                yield _override("stack", f"terraform.backend.{kind}.{name}", json.dumps(backend[name]))
        yield _override("stack", "terraform.required_version", json.dumps(terraform["required_version"]))
        module = of_provider(self._library)
        for provider in self._document["provider"]["aws"]:
            arguments, _rest = self._arguments(module, provider)
            yield f'new {module.class_name}(stack, "aws", {as_object(arguments)});'

    def _construct(self, address: str, made: Mapping[str, Any]) -> Iterator[str]:
        module = of_address(self._library, address)
        arguments, rest = self._arguments(module, made)
        if "depends_on" in rest:
            arguments["dependsOn"] = f"[{', '.join(map(variable, rest.pop('depends_on')))}]"
        if "lifecycle" in rest:
            arguments["lifecycle"] = self._writer.plain(rest.pop("lifecycle"), camel)
        name = json.dumps(address.rsplit(".", maxsplit=1)[-1])
        yield f"const {variable(address)} = new {module.class_name}(stack, {name}, {as_object(arguments)});"
        for argument, value in rest.items():
            yield _override(variable(address), argument, self._writer.plain(value))

    def _arguments(self, module: Module, made: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Any]]:
        """Return the arguments that the bindings know, written, and the others."""
        known = module.arguments()
        written = {
            known[name].name: self._writer.argument(value, module, known[name].block)
            for name, value in made.items()
            if name in known
        }
        return written, {name: value for name, value in made.items() if name not in known and name != "//"}


def _override(construct: str, path: str, value: str) -> str:
    return f"{construct}.addOverride({json.dumps(path)}, {value});"
