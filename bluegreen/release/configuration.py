"""What differs between two revisions, in words.

Values of environment variables, commands and the like are not told: whoever may read a log in CI need not be somebody
who may read the task definition. Plain fields are (size, image, roles), and a secret's reference, which says where it
lies and not what it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .revision import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

WITHHELD = "(not shown)"


@dataclass(frozen=True)
class Change:
    """One thing that differs; `before` or `after` is empty where it is not there."""

    what: str
    before: str
    after: str

    def __str__(self) -> str:
        if WITHHELD in (self.before, self.after):
            how = "changed" if self.before and self.after else "added" if self.after else "removed"
            return f"{self.what} {how}"
        return f"{self.what} {self.before or '(none)'} -> {self.after or '(none)'}"


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """List what differs between the registerable fields of two revisions; their own numbers are no difference."""
    return (*_fields("", before, after, {"containerDefinitions"}), *_containers(before, after))


def as_fields(found: Sequence[Change]) -> list[dict[str, str]]:
    """Return changes as the JSON events have them."""
    return [vars(one) for one in found]


def _containers(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    old, new = _by_name(before.get("containerDefinitions")), _by_name(after.get("containerDefinitions"))
    for name in sorted(old.keys() | new.keys()):
        if name not in old or name not in new:
            yield Change(f"container {name}", "there" if name in old else "", "there" if name in new else "")
            continue
        where = f"{name}: " if len(new) > 1 else ""
        yield from _fields(where, old[name], new[name], {"environment", "secrets"})
        yield from _variables(where, old[name], new[name])
        yield from _secrets(where, old[name], new[name])


def _fields(where: str, before: Mapping[str, Any], after: Mapping[str, Any], apart: set[str]) -> Iterator[Change]:
    for name in sorted((before.keys() | after.keys()) - apart):
        old, new = plain(before.get(name)), plain(after.get(name))
        if old != new:
            yield Change(f"{where}{name}", _words(old), _words(new))


def _variables(where: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    old, new = _by_name(before.get("environment")), _by_name(after.get("environment"))
    for name in sorted(old.keys() | new.keys()):
        if plain(old.get(name)) != plain(new.get(name)):
            what = f"{where}environment variable {name}"
            yield Change(what, WITHHELD if name in old else "", WITHHELD if name in new else "")


def _secrets(where: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    old, new = _by_name(before.get("secrets")), _by_name(after.get("secrets"))
    for name in sorted(old.keys() | new.keys()):
        was, will_be = (one.get(name, {}).get("valueFrom", "") for one in (old, new))
        if was != will_be:
            yield Change(f"{where}secret {name}", was, will_be)


def _by_name(listed: Any) -> dict[str, Any]:
    return {str(one.get("name", "")): one for one in listed or []}


def _words(value: Any) -> str:
    """Write a plain value; the parts of a command, a label or a log's options may be somebody's secret."""
    if value is None:
        return ""
    return WITHHELD if isinstance(value, dict | list) else str(value)
