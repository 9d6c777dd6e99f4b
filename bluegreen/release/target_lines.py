"""A release target in words, for a person who has to say whether it is the right one."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from . import import_target
from .event import Event
from .revision import short_name

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .import_target import Found

WIDTH = 14


def as_event(target: ReleaseTarget, found: Found | None = None) -> Event:
    """Tell a release target, and what was found beside it when it is imported."""
    warnings, notes = (found.warnings, found.notes) if found else ((), ())
    fields = {
        "target": asdict(target),
        "live": found.live if found else None,
        "warnings": list(warnings),
        "notes": list(notes),
    }
    told = [*lines(target), *(f"warning: {one}" for one in warnings), *(f"not known: {one}" for one in notes)]
    return Event(kind="target", text="\n".join(told), fields=fields)


def lines(target: ReleaseTarget) -> list[str]:
    """Put a release target into lines, a fact each."""
    service = f", service {target.service_name}" if target.service_name else ""
    origin = "imported" if target.imported else "published by Terraform"
    facts = {
        "service": f"{target.service} in cluster {target.cluster}",
        "group": f"{target.deployment_group} of application {target.application}",
        "container": f"{target.container_name}, port {target.container_port}, {target.architecture}",
        "template": _template(target),
        "repository": target.repository or "none known",
        "production": target.production_listener,
        "test": target.test_listener or "no test listener",
        "target groups": ", ".join(target.target_groups),
        "hooks": ", ".join(f"{event}: {_name(one)}" for event, one in target.functions.items()) or "none",
        "network": ", ".join(target.subnets) or "that of the live tasks",
        "logs": ", ".join(filter(None, [target.log_group, target.hook_log_group])) or "none known",
        "records": target.records_bucket or "in each deployment's description",
    }
    first = f"{target.environment}{service} in {target.region}, {origin}{', a rehearsal' if target.rehearsal else ''}"
    return [first, *(f"{name:<{WIDTH}} {fact}" for name, fact in facts.items())]


def _template(target: ReleaseTarget) -> str:
    if target.template:
        return f"{target.family}: {import_target.WORDS.get(target.template, target.template)}"
    return short_name(target.task_definition)


def _name(function: str) -> str:
    return function.rpartition(":function:")[2]
