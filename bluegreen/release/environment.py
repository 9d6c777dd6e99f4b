"""An environment opened for a release: its settings, guarded, and clients for its region."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bluegreen import endpoint_guard, settings

from .clients import Clients
from .errors import ReleaseError
from .region import of_environment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.settings import Settings

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")


@dataclass(frozen=True)
class Environment:
    """What a verb needs to know before it talks to AWS."""

    name: str
    clients: Clients
    settings: Settings | None
    """None of an environment that was imported: its release target is all that is known of it."""
    service_name: str = ""

    @property
    def options(self) -> str:
        """The options that name this environment, and its service where there are several, in a command line."""
        service = f" --service {self.service_name}" if self.service_name else ""
        return f"--environment {self.name}{service}" + ("" if self.settings else f" --region {self.clients.region}")


def open_environment(
    name: str | None,
    service: str | None = None,
    region: str | None = None,
    environ: Mapping[str, str] = os.environ,
) -> Environment:
    """Read the settings of a named environment, or of its service, and make clients for it; nothing is sent yet.

    One that no file describes may have been imported; then only its release target says whether it is a rehearsal's,
    and `target.read` guards it.

    Raises:
        ReleaseError: no environment was named, or there is none of that name; the same for its services.
        SettingsError: its file is wrong.
        EndpointError: it is a rehearsal environment and the endpoint is not on the loopback, or the other way round.
    """
    known = settings.names()
    if not name:
        raise ReleaseError(f"which environment? Name it with --environment; there are: {', '.join(known) or 'none'}")
    if name not in known:
        return _imported(name, service, region, environ)
    chosen = _service(settings.load(name), service)
    if region not in (None, chosen.region):
        raise ReleaseError(f"environments/{name}.toml says {chosen.region}, not {region}: leave --region out")
    endpoint_guard.check(chosen, environ)
    return Environment(name, Clients(chosen.region), chosen, chosen.service_name)


def check_name(name: str, option: str) -> None:
    """Make sure that a name may be a part of a parameter's.

    Raises:
        ReleaseError: it may not.
    """
    if not NAME.fullmatch(name):
        raise ReleaseError(f"{option}: found {name!r}, allowed: letters, digits, . - and _, at most 64")


def _imported(name: str, service: str | None, region: str | None, environ: Mapping[str, str]) -> Environment:
    check_name(name, "--environment")
    if service:
        check_name(service, "--service")
    found = of_environment(region, environ)
    if not found:
        known = ", ".join(settings.names()) or "none"
        raise ReleaseError(
            f"there is no environment {name}; there are: {known}; of one that was imported, say the region: --region"
        )
    return Environment(name, Clients(found), None, service or "")


def _service(environment: Settings, name: str | None) -> Settings:
    known = {of.service_name: of for of in environment.services}
    if not known:
        if name:
            raise ReleaseError(f"{environment.name} has one service, without a name: leave --service {name} out")
        return environment
    listed = f"{environment.name} has {', '.join(known)}"
    if not name:
        raise ReleaseError(f"which service? Name it with --service; {listed}")
    if name not in known:
        raise ReleaseError(f"there is no service {name}; {listed}")
    return known[name]
