"""Terraform's JSON of a plan → `Plan`.

The format: https://developer.hashicorp.com/terraform/internals/json-format. New minor versions only add to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from . import empty
from .errors import ReviewError
from .plan import Change, Kind, Plan, without_index

MAJOR = "1"
REMEDY = "make one with `terraform show -json PLAN`, or review with `make plan ENV=…`"

_KINDS = {
    ("create",): Kind.ADDED,
    ("update",): Kind.CHANGED,
    ("delete", "create"): Kind.REPLACED,
    ("create", "delete"): Kind.REPLACED,
    ("create", "forget"): Kind.REPLACED,
    ("delete",): Kind.DESTROYED,
    ("forget",): Kind.FORGOTTEN,
    ("no-op",): Kind.KEPT,
}


def parse(content: bytes) -> Plan:
    """Return the plan that `terraform show -json PLAN` wrote.

    Raises:
        ReviewError: it is no plan, of another format, or of a run of Terraform that failed.
    """
    document = _document(content)
    try:
        drifted = {drift["address"]: drift["change"] for drift in document.get("resource_drift", ())}
        return Plan(
            resources=tuple(_changes(document.get("resource_changes", ()), drifted)),
            outputs=tuple(_outputs(document.get("output_changes", {}))),
            references=_references(document.get("configuration", {})),
        )
    except (AttributeError, KeyError, TypeError) as error:
        raise ReviewError(f"it is no plan that can be read ({type(error).__name__}: {error}): {REMEDY}") from None


def _document(content: bytes) -> Mapping[str, Any]:
    try:
        document = json.loads(content)
    except (UnicodeDecodeError, json.JSONDecodeError):
        raise ReviewError(f"it is no JSON: {REMEDY}") from None
    version = document.get("format_version") if isinstance(document, dict) else None
    if not isinstance(version, str) or "planned_values" not in document:
        raise ReviewError(f"it is JSON, but no plan: {REMEDY}")
    if version.partition(".")[0] != MAJOR:
        raise ReviewError(f"the plan's format is {version}, and {MAJOR}.x can be read: use a Terraform that writes it")
    if document.get("errored"):
        raise ReviewError("Terraform did not finish this plan: mend its errors and plan again")
    return document


def _changes(resources: Any, drifted: Mapping[str, Any]) -> Iterator[Change]:
    for resource in resources:
        if resource.get("mode") == "data":
            continue
        yield _change(resource, drifted)


def _change(resource: Mapping[str, Any], drifted: Mapping[str, Any]) -> Change:
    change = resource["change"]
    address = resource["address"]
    return Change(
        address=f"{address} (deposed {resource['deposed']})" if "deposed" in resource else address,
        type=resource["type"],
        name=resource["name"],
        kind=_kind(resource),
        before=change.get("before") or {},
        after=change.get("after") or {},
        unknown=change.get("after_unknown", False),
        before_sensitive=change.get("before_sensitive", False),
        after_sensitive=change.get("after_sensitive", False),
        replaced_for=tuple(_path(path) for path in change.get("replace_paths", ())),
        previous_address=resource.get("previous_address", ""),
        drifted=tuple(_drift(drifted.get(address, {}), change)),
    )


def _kind(resource: Mapping[str, Any]) -> Kind:
    actions = tuple(resource["change"]["actions"])
    if actions not in _KINDS:
        raise ReviewError(f"{resource['address']}: {list(actions)} is no action that is known here")
    kind = _KINDS[actions]
    if kind is Kind.KEPT and resource.get("previous_address"):
        return Kind.MOVED
    if kind is Kind.KEPT and resource["change"].get("importing"):
        return Kind.IMPORTED
    return kind


def _drift(drift: Mapping[str, Any], change: Mapping[str, Any]) -> Iterator[str]:
    was, found, after = (one or {} for one in (drift.get("before"), drift.get("after"), change.get("after")))
    for name in found:
        is_drift = not empty.is_same(was.get(name), found[name])
        if is_drift and name in after and not empty.is_same(after[name], found[name]):
            yield name


def _path(path: list[str | int]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def _outputs(outputs: Mapping[str, Any]) -> Iterator[str]:
    for name, change in outputs.items():
        if change["actions"] != ["no-op"]:
            yield name


def _references(configuration: Mapping[str, Any]) -> dict[tuple[str, str], tuple[str, ...]]:
    found = {}
    for resource in configuration.get("root_module", {}).get("resources", ()):
        for attribute, expression in resource.get("expressions", {}).items():
            names = expression.get("references", ()) if isinstance(expression, dict) else ()
            found[resource["address"], attribute] = tuple(map(_resource, names))
    return found


def _resource(reference: str) -> str:
    """`aws_lb.front.arn` → `aws_lb.front`."""
    return ".".join(without_index(reference).split(".")[:2])
