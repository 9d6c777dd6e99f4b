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


def open_environment(name: str | None, environ: Mapping[str, str] = os.environ) -> Environment:
    """Read the settings of a named environment and make clients for it; nothing is sent yet.

    Raises:
        ReleaseError: no environment was named, or there is none of that name.
        SettingsError: its file is wrong.
        EndpointError: it is a rehearsal environment and the endpoint is not on the loopback.
    """
    known = settings.names()
    if not name:
        raise ReleaseError(f"which environment? Name it with --environment; there are: {', '.join(known) or 'none'}")
    if name not in known:
        raise ReleaseError(f"there is no environment {name}; there are: {', '.join(known) or 'none'}")
    chosen = settings.load(name)
    endpoint_guard.check(chosen, environ)
    return Environment(chosen, Clients(chosen.region))
