"""An environment opened for a release: its settings, guarded, and clients for its region."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from bluegreen import endpoint_guard, settings

from .clients import Clients
from .errors import ReleaseError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bluegreen.settings import Settings

ServiceName = Annotated[
    str | None,
    typer.Option("--service", "-s", envvar="BLUEGREEN_SERVICE", help="The service, where the environment has several."),
]
EnvironmentName = Annotated[
    str | None,
    typer.Option("--environment", "-e", envvar="BLUEGREEN_ENVIRONMENT", help="The environment: environments/NAME.toml"),
]


@dataclass(frozen=True)
class Environment:
    """What a verb needs to know before it talks to AWS."""

    settings: Settings
    clients: Clients

    @property
    def name(self) -> str:
        """The environment's name."""
        return self.settings.name

    @property
    def options(self) -> str:
        """The options that name this environment, and its service where there are several, in a command line."""
        service = self.settings.service_name
        return f"--environment {self.name}" + (f" --service {service}" if service else "")


def open_environment(
    name: str | None, service: str | None = None, environ: Mapping[str, str] = os.environ
) -> Environment:
    """Read the settings of a named environment, or of its service, and make clients for it; nothing is sent yet.

    Raises:
        ReleaseError: no environment was named, or there is none of that name; the same for its services.
        SettingsError: its file is wrong.
        EndpointError: it is a rehearsal environment and the endpoint is not on the loopback.
    """
    known = settings.names()
    if not name:
        raise ReleaseError(f"which environment? Name it with --environment; there are: {', '.join(known) or 'none'}")
    if name not in known:
        raise ReleaseError(f"there is no environment {name}; there are: {', '.join(known) or 'none'}")
    chosen = _service(settings.load(name), service)
    endpoint_guard.check(chosen, environ)
    return Environment(chosen, Clients(chosen.region))


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
