"""The settings that hold for an environment, and which file each is from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any

from . import services
from .errors import SettingsError
from .loading import FOLDER, Layer, layers, load
from .model import Settings
from .schema import keys

DEFAULT = "default"


@dataclass(frozen=True, kw_only=True)
class Effective:
    """One setting: its dotted key, its value, and the file that says so, or `default`."""

    key: str
    value: Any
    origin: str


def effective(name: str, service: str = "", folder: Path = FOLDER) -> tuple[Effective, ...]:
    """Return every setting of the environment `name`, or of one of its services.

    Raises:
        SettingsError: there is no such environment or service, or a file is not what it may be.
    """
    settings = load(name, folder)
    if service:
        settings = _service(settings, service, folder)
    tables = tuple(_tables(layers(name, folder), service))
    return tuple(
        Effective(key=".".join(path), value=value, origin=_origin(path, tables)) for path, value in _leaves(settings)
    )


_Table = tuple[str, dict[str, Any]]


def _service(settings: Settings, service: str, folder: Path) -> Settings:
    known = {of.service_name: of for of in settings.services}
    if service not in known:
        allowed = f"one of {', '.join(known)}" if known else "none: the environment has one service, without a name"
        raise SettingsError.about(str(folder / f"{settings.name}.toml"), services.TABLE, service, allowed)
    return known[service]


def _tables(said: Sequence[Layer], service: str) -> Iterator[_Table]:
    """Yield what counts, the strongest first: what a service has for itself, then its environment."""
    upward = said[::-1]
    if service:
        yield from ((str(layer.file), layer.table[services.TABLE].get(service, {})) for layer in upward)
    kept = services.OWN if service else ()
    for layer in upward:
        yield str(layer.file), {key: value for key, value in layer.table.items() if key not in kept}


def _leaves(settings: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
    for key in keys(type(settings)):
        value = getattr(settings, key)
        if is_dataclass(value):
            yield from (((key, *path), leaf) for path, leaf in _leaves(value))
        elif isinstance(value, dict) and value:
            # Tables of the user's own keys are merged key by key, so each key has a file of its own.
            yield from (((key, name), leaf) for name, leaf in value.items())
        else:
            yield (key,), value


def _origin(path: tuple[str, ...], tables: Sequence[_Table]) -> str:
    return next((file for file, table in tables if _says(table, path)), DEFAULT)


def _says(table: Any, path: tuple[str, ...]) -> bool:
    for key in path:
        if not isinstance(table, dict) or key not in table:
            return False
        table = table[key]
    return True
