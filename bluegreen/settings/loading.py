"""Reads an environment's file, and those that it extends."""

from __future__ import annotations

import platform
import tomllib
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any

from .consistency import check_consistency, check_name
from .errors import SettingsError
from .model import Settings
from .schema import check, types_of

FOLDER = Path("environments")
EXTENDS = "extends"
OWN = ("family",)
"""Keys that are never taken over from an extended file: no two environments may share their values."""

_ARCHITECTURES = {"x86_64": "X86_64", "amd64": "X86_64", "arm64": "ARM64", "aarch64": "ARM64"}


def names(folder: Path = FOLDER) -> tuple[str, ...]:
    """Return the names of the environments in `folder`, sorted."""
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def load(name: str, folder: Path = FOLDER) -> Settings:
    """Return the settings of the environment `name`.

    Raises:
        SettingsError: no such file, or one that is not what it may be.
    """
    file = str(folder / f"{name}.toml")
    check_name(file, name)
    table = _chain(name, folder, seen=())
    table["architecture"] = _architecture(file, table.get("architecture", Settings.architecture))
    table["family"] = table.get("family") or f"{name}-rust-blue-green"
    settings = _build(Settings, {"name": name, **table})
    check_consistency(file, settings)
    return settings


def _chain(name: str, folder: Path, seen: tuple[str, ...]) -> dict[str, Any]:
    file = folder / f"{name}.toml"
    if name in seen:
        raise SettingsError(f"{file}: {EXTENDS}: a circle: {' -> '.join((*seen, name))}")
    table = _parse(file, folder)
    base = table.pop(EXTENDS, None)
    checked = check(str(file), Settings, table)
    if base is None:
        return checked
    if not isinstance(base, str) or base not in names(folder):
        raise SettingsError.about(str(file), EXTENDS, base, f"one of {', '.join(names(folder))}")
    below = _chain(base, folder, (*seen, name))
    return _merge({key: value for key, value in below.items() if key not in OWN}, checked)


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
