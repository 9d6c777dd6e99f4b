"""Checks what a settings file says against the dataclasses, key by key."""

from __future__ import annotations

import types
import typing
from collections.abc import Collection
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any

from .errors import SettingsError

_WORDS = {int: "a whole number", str: "a text", bool: "true or false", tuple: "a list", dict: "a table"}


def keys(model: type) -> dict[str, Field[Any]]:
    """Return the keys that a table of `model` may have: what is declared as a setting, and the tables within it.

    The other fields are no keys: a file's stem, and what the tables under `services` make.
    """
    return {f.name: f for f in fields(model) if f.metadata or f.default_factory is not MISSING}


def types_of(model: type) -> dict[str, Any]:
    return typing.get_type_hints(model)


def check(
    file: str, model: type, table: dict[str, Any], prefix: str = "", only: Collection[str] = ()
) -> dict[str, Any]:
    """Return `table` with lists as tuples, every key known (and in `only`, if given), of its type, and in its range.

    Raises:
        SettingsError: naming `file` and the key.
    """
    known, hints = keys(model), types_of(model)
    known = {key: declared for key, declared in known.items() if not only or key in only}
    checked = {}
    for key, value in table.items():
        where = prefix + key
        if key not in known:
            raise SettingsError(f"{file}: {where}: no such setting, allowed here: {', '.join(known)}")
        if is_dataclass(hints[key]):
            checked[key] = check(file, hints[key], _typed(file, where, value, dict), f"{where}.")
        else:
            checked[key] = _in_range(file, where, _typed(file, where, value, hints[key]), known[key])
    return checked


def _typed(file: str, where: str, value: Any, hint: Any) -> Any:
    if isinstance(hint, types.GenericAlias):
        return _filled(file, where, value, hint)
    # type() and not isinstance: true is an int to Python, but not a port.
    return value if type(value) is hint else _refuse(file, where, value, hint)


def _filled(file: str, where: str, value: Any, hint: types.GenericAlias) -> Any:
    """Return a list or a table whose members are each of the type that `hint` says."""
    if typing.get_origin(hint) is dict:
        table = value if type(value) is dict else _refuse(file, where, value, dict)
        return {key: _typed(file, f"{where}.{key}", one, typing.get_args(hint)[1]) for key, one in table.items()}
    values = value if type(value) is list else _refuse(file, where, value, tuple)
    member = typing.get_args(hint)[0]
    # What is in a check, the hook's own validation says.
    plain = typing.get_origin(member) or member
    return tuple(_typed(file, f"{where}[{i}]", one, plain) for i, one in enumerate(values))


def default(declared: Field[Any]) -> Any:
    """Return a field's default."""
    return declared.default if declared.default_factory is MISSING else declared.default_factory()


def _refuse(file: str, where: str, value: Any, wanted: type) -> typing.NoReturn:
    raise SettingsError.about(file, where, value, _WORDS[wanted])


def _in_range(file: str, where: str, value: Any, declared: Field[Any]) -> Any:
    allowed = declared.metadata["allowed"]
    if allowed is not None and not allowed.accepts(value):
        raise SettingsError.about(file, where, list(value) if isinstance(value, tuple) else value, allowed.words)
    return value
