"""What changes in a resource, attribute by attribute; a sensitive value is never part of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from . import empty
from .plan import Change, Plan, has_true, inside

SENSITIVE = "(sensitive value)"
UNKNOWN = "(known after apply)"


@dataclass(frozen=True)
class Mark:
    """Stands for a value that is not shown."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One attribute, as in `health_check[0].interval`, with JSON values; what is not shown is a Mark."""

    path: str
    before: Any
    after: Any
    forces_replacement: bool = False


def differences(plan: Plan, change: Change) -> tuple[Difference, ...]:
    """Return what an update or a replacement changes; what forces a replacement comes first.

    What AWS computes anew, as an ARN, is left out: the configuration says nothing of it.
    """
    names = sorted({*change.before, *change.after, *_keys(change.unknown)})
    told = [name for name in names if not _is_repeated(name, change) and not _is_computed(plan, change, name)]
    found = [one for name in told for one in _of_attribute(change, name)]
    return tuple(sorted(found, key=lambda one: not one.forces_replacement))


def _of_attribute(change: Change, name: str) -> Iterator[Difference]:
    masks = _Masks(change.before_sensitive, change.after_sensitive, change.unknown).at(name)
    for one in _walk(name, change.before.get(name), change.after.get(name), masks):
        yield replace(one, forces_replacement=_forces(one.path, change.replaced_for))


def _is_computed(plan: Plan, change: Change, name: str) -> bool:
    is_whole = inside(change.unknown, name) is True
    return is_whole and not plan.is_configured(change, name) and not _forces(name, change.replaced_for)


@dataclass(frozen=True)
class _Masks:
    before: Any
    after: Any
    unknown: Any

    def at(self, key: str | int) -> _Masks:
        return _Masks(inside(self.before, key), inside(self.after, key), inside(self.unknown, key))


def _walk(path: str, before: Any, after: Any, masks: _Masks) -> Iterator[Difference]:
    if not has_true(masks.unknown) and (before == after or empty.is_same(before, after)):
        return
    if masks.before is True or masks.after is True:
        yield Difference(path=path, before=Mark(SENSITIVE), after=Mark(SENSITIVE))
    elif masks.unknown is True:
        yield Difference(path=path, before=_shown(before, masks.before), after=Mark(UNKNOWN))
    elif isinstance(before, dict) and isinstance(after, dict):
        for key in sorted({*before, *after, *_keys(masks.unknown)}):
            yield from _walk(f"{path}.{key}", before.get(key), after.get(key), masks.at(key))
    elif _are_blocks(before, after):
        for index, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from _walk(f"{path}[{index}]", one, other, masks.at(index))
    else:
        yield Difference(
            path=path, before=_shown(before, masks.before), after=_shown(after, masks.after, masks.unknown)
        )


def _shown(value: Any, sensitive: Any, unknown: Any = False) -> Any:
    """Return the value with what must not, or cannot, be shown replaced by a word."""
    if sensitive is True or unknown is True:
        return Mark(SENSITIVE if sensitive is True else UNKNOWN)
    if isinstance(value, dict):
        keys = {*value, *_keys(unknown)}
        return {key: _word(_shown(value.get(key), inside(sensitive, key), inside(unknown, key))) for key in keys}
    if isinstance(value, list):
        return [_word(_shown(one, inside(sensitive, n), inside(unknown, n))) for n, one in enumerate(value)]
    return value


def _word(value: Any) -> Any:
    return value.text if isinstance(value, Mark) else value


def _are_blocks(before: Any, after: Any) -> bool:
    return (
        isinstance(before, list)
        and isinstance(after, list)
        and len(before) == len(after)
        and all(isinstance(one, dict) for one in (*before, *after))
    )


def _keys(mask: Any) -> tuple[str, ...]:
    return tuple(key for key, part in mask.items() if has_true(part)) if isinstance(mask, dict) else ()


def _forces(path: str, replaced_for: tuple[str, ...]) -> bool:
    return any(f"{path}.".startswith((f"{one}.", f"{one}[")) or one.startswith(f"{path}.") for one in replaced_for)


def _is_repeated(name: str, change: Change) -> bool:
    """`tags_all` has the tags, and the provider's own as well."""
    return name == "tags" and "tags_all" in {*change.before, *change.after, *_keys(change.unknown)}
