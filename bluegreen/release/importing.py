"""Brings a service of others under `bluegreen`: shows what was found, asks, and writes its release target."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from bluegreen import endpoint_guard, settings
from bluegreen.release_target import parameter_name

from . import import_target, target_lines, target_store
from .confirmation import confirm
from .environment import open_environment
from .errors import ReleaseError
from .event import Event

if TYPE_CHECKING:
    from .environment import Environment
    from .import_target import Wanted
    from .report import Report


def bring_in(environment: Environment, wanted: Wanted, told: Report, *, replace: bool, yes: bool) -> None:
    """Show what was found, ask, and write it.

    Raises:
        ReleaseError: it cannot be imported, the name is taken, or whoever was asked did not agree.
    """
    before = target_store.check_free(environment, wanted, replace=replace)
    found = import_target.find(environment, wanted)
    told.tell(target_lines.as_event(found.target, found))
    parameter = parameter_name(environment.name, environment.service_name)
    fields = {"parameter": parameter, "environment": environment.name, "changed": before != found.target.to_json()}
    if not fields["changed"]:
        told.tell(Event(kind="imported", text=f"{parameter} says this already: nothing was written", fields=fields))
        return
    confirm(f"{'Overwrite' if before else 'Write'} {parameter}?", yes=yes)
    target_store.write(environment, found.target, overwrite=before is not None)
    text = f"{parameter} is written; next: `bluegreen status {found.target.options}`"
    told.tell(Event(kind="imported", text=text, fields=fields, tone="good"))


def new_environment(name: str, service: str | None, region: str | None) -> Environment:
    """Open an environment that has no settings.

    Raises:
        ReleaseError: a file describes one of that name, or no region is known.
        EndpointError: some of AWS's services are on a loopback, and some are not.
    """
    if name in settings.names():
        raise ReleaseError(
            f"environments/{name}.toml describes an environment that Terraform makes: choose another name"
        )
    opened = open_environment(name, service, region)
    is_rehearsal = endpoint_guard.is_loopback(opened.clients.ssm.meta.endpoint_url)
    endpoint_guard.check_named(name, os.environ, rehearsal=is_rehearsal)
    return opened
