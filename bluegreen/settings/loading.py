"""Reads an environment's file, and those that it extends."""

from __future__ import annotations

import functools
import platform
import tomllib
from dataclasses import dataclass, is_dataclass
from pathlib import Path
from typing import Any

from . import services
from .consistency import check_consistency, check_name
from .errors import SettingsError
from .model import Settings
from .schema import check, types_of

FOLDER = Path("environments")
FOUNDATION = "foundation"
"""Stem of the file with the foundation's settings: the one file that is no environment."""

EXTENDS = "extends"
OWN = ("family",)
"""Keys that are never taken over from an extended file: no two environments may share their values."""

_ARCHITECTURES = {"x86_64": "X86_64", "amd64": "X86_64", "arm64": "ARM64", "aarch64": "ARM64"}


def names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of the environments in `folder`, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml") if path.stem != FOUNDATION))


def load(name: str, folder: Path = FOLDER) -> Settings:
    """Return the settings of the environment `name`.

    Raises:
        SettingsError: no such file, or one that is not what it may be.
    """
    file = str(folder / f"{name}.toml")
    check_name(file, name)
    table = functools.reduce(_merge, (layer.table for layer in layers(name, folder)))
    table["architecture"] = _architecture(file, table.get("architecture", Settings.architecture))
    settings = _build(Settings, _named(name, table))
    check_consistency(file, settings)
    return settings


@dataclass(frozen=True, kw_only=True)
class Layer:
    """What one file says of an environment, checked; lists are tuples."""

    file: Path
    table: dict[str, Any]


def layers(name: str, folder: Path = FOLDER) -> tuple[Layer, ...]:
    """Return what the files of the environment `name` say: first the one that is extended, its own last.

    Raises:
        SettingsError: no such file, or one that is not what it may be.
    """
    return _layers(name, folder, environment=name, seen=())


def _layers(name: str, folder: Path, *, environment: str, seen: tuple[str, ...]) -> tuple[Layer, ...]:
    file = folder / f"{name}.toml"
    if name in seen:
        raise SettingsError(f"{file}: {EXTENDS}: a circle: {' -> '.join((*seen, name))}")
    table = _parse(file, folder)
    base, tables = table.pop(EXTENDS, None), table.pop(services.TABLE, {})
    checked = check(str(file), Settings, table)
    checked[services.TABLE] = services.check_tables(str(file), environment, tables)
    own = Layer(file=file, table=checked)
    if base is None:
        return (own,)
    if not isinstance(base, str) or base not in names(folder):
        raise SettingsError.about(str(file), EXTENDS, base, f"one of {', '.join(names(folder))}")
    below = _layers(base, folder, environment=environment, seen=(*seen, name))
    return (*(Layer(file=layer.file, table=_inherited(layer.table)) for layer in below), own)


def _inherited(table: dict[str, Any]) -> dict[str, Any]:
    tables = {name: _without(one, OWN) for name, one in table[services.TABLE].items()}
    return {**_without(table, OWN), services.TABLE: tables}


def _without(table: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key not in keys}


def _named(name: str, table: dict[str, Any]) -> dict[str, Any]:
    """Return what makes the Settings of the environment `name`, those of its services among it."""
    tables, own = table[services.TABLE], {"name": name, **_without(table, (services.TABLE,))}
    family = own.get("family") or f"{name}-rust-blue-green"
    ground = _without(own, services.OWN)
    each = ({"service_name": service, "family": f"{name}-{service}", **over} for service, over in tables.items())
    return {**own, "family": family, "services": tuple(_build(Settings, _merge(ground, one)) for one in each)}


def _parse(file: Path, folder: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join(names(folder)) or "none"
        raise SettingsError(f"{file}: no such environment; in {folder} there are: {known}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{file}: not TOML: {error}") from None


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Return `below` overlaid with `above`: tables are merged, everything else is replaced."""
    both = {k: _merge(below[k], v) for k, v in above.items() if isinstance(v, dict) and isinstance(below.get(k), dict)}
    return {**below, **above, **both}


def _build(model: type, table: dict[str, Any]) -> Any:
    hints = types_of(model)
    return model(**{k: _build(hints[k], v) if is_dataclass(hints[k]) else v for k, v in table.items()})


def _architecture(file: str, found: str) -> str:
    if found != "host":
        return found
    machine = platform.machine().lower()
    if machine not in _ARCHITECTURES:
        raise SettingsError.about(
            file, "architecture", f"host ({machine})", "ARM64, X86_64 on a machine that is neither"
        )
    return _ARCHITECTURES[machine]
