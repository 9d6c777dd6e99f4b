"""A plan as frozen data; `parse.py` makes it of Terraform's JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any


class Kind(StrEnum):
    """What happens to a resource; in the order in which a summary tells it."""

    ADDED = "added"
    CHANGED = "changed"
    REPLACED = "replaced"
    DESTROYED = "destroyed"
    FORGOTTEN = "forgotten"
    """Left as it is, and no longer managed."""
    MOVED = "moved"
    """Only its address changes."""
    IMPORTED = "imported"
    """Managed from now on, and left as it is."""
    KEPT = "kept"


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a plan does with one managed resource.

    `before` and `after` are its attributes, empty where there is no resource. The masks have the shape of the
    attributes, with True where a value is not known yet, or must not be shown.
    """

    address: str
    type: str
    name: str
    kind: Kind
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    unknown: Any = False
    before_sensitive: Any = False
    after_sensitive: Any = False
    replaced_for: tuple[str, ...] = ()
    """The attributes whose change forces a replacement."""
    previous_address: str = ""
    drifted: tuple[str, ...] = ()
    """The attributes that something else than Terraform has changed since the last apply, and that this sets back."""

    def touches(self, attribute: str) -> bool:
        """Whether the attribute gets another value, or one that is not known yet."""
        return has_true(inside(self.unknown, attribute)) or self.before.get(attribute) != self.after.get(attribute)

    def is_unknown(self, attribute: str) -> bool:
        """Whether the attribute, or a part of it, is known only after the apply."""
        return has_true(inside(self.unknown, attribute))

    def is_sensitive(self, attribute: str) -> bool:
        """Whether the attribute, or a part of it, must not be shown."""
        masks = (self.before_sensitive, self.after_sensitive)
        return any(has_true(inside(mask, attribute)) for mask in masks)

    @property
    def is_gone(self) -> bool:
        """Whether the resource that is there now ends."""
        return self.kind in (Kind.DESTROYED, Kind.REPLACED)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All managed resources of a plan, also those that it leaves alone: they say what is granted already."""

    resources: tuple[Change, ...]
    outputs: tuple[str, ...] = ()
    """The outputs that change."""
    references: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    """(address without index, attribute) → the addresses of the resources that its expression names; () for none."""

    @property
    def changes(self) -> tuple[Change, ...]:
        """The resources that something happens to."""
        return tuple(change for change in self.resources if change.kind is not Kind.KEPT)

    @property
    def is_clean(self) -> bool:
        return not self.changes and not self.outputs

    def of_types(self, *types: str) -> Iterator[Change]:
        """Yield what happens to the resources of some types."""
        return (change for change in self.resources if change.type in types)

    def is_new(self, address: str) -> bool:
        """Whether every instance of a resource is made by this plan."""
        instances = [one for one in self.resources if without_index(one.address) == without_index(address)]
        return bool(instances) and all(one.kind is Kind.ADDED for one in instances)

    def existing(self, type_: str, value: object) -> str:
        """Return the address of the resource that is known by an id, a name or an ARN; else the value itself."""
        return self._known_by.get((type_, str(value)), str(value))

    def named(self, change: Change, attribute: str, type_: str) -> str:
        """Return the address of the resource that an attribute names after the apply; "" if nobody can tell yet.

        What Terraform does not know yet is looked up in the configuration. An id of another configuration is returned
        as it is.
        """
        if not change.is_unknown(attribute):
            return self.existing(type_, change.after.get(attribute))
        names = self.references.get((without_index(change.address), attribute), ())
        return next((name for name in names if name.startswith(f"{type_}.")), "")

    def is_configured(self, change: Change, attribute: str) -> bool:
        """Whether the configuration says something of an attribute; True as well where the resource is not in it."""
        address = without_index(change.address)
        return (address, attribute) in self.references or address not in self._configured

    @cached_property
    def _configured(self) -> frozenset[str]:
        return frozenset(address for address, _attribute in self.references)

    @cached_property
    def _known_by(self) -> dict[tuple[str, str], str]:
        keys = ("id", "name", "arn", "url", "bucket", "function_name")
        return {
            (one.type, str(values[key])): without_index(one.address)
            for one in self.resources
            for values in (one.after, one.before)
            for key in keys
            if values.get(key)
        }


def inside(mask: Any, key: str | int) -> Any:
    """Return the mask of a part: what is True as a whole is True in each part."""
    match mask:
        case bool():
            return mask
        case dict():
            return mask.get(key, False)
        case list() if isinstance(key, int) and key < len(mask):
            return mask[key]
        case _:
            return False


def has_true(mask: Any) -> bool:
    """Whether any part of a mask is True."""
    match mask:
        case bool():
            return mask
        case dict():
            return any(map(has_true, mask.values()))
        case list():
            return any(map(has_true, mask))
        case _:
            return False


def without_index(address: str) -> str:
    """Return the address of the resource that an instance, as in `aws_subnet.private[0]`, belongs to."""
    return address.partition("[")[0]
