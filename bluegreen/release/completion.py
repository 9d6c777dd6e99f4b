"""What a shell offers as values: from the settings alone, since nobody waits for AWS between two letters."""

from __future__ import annotations

import os

import typer

ENVIRONMENT = "BLUEGREEN_ENVIRONMENT"


def environments(incomplete: str) -> list[str]:
    """Return the environments whose names begin with what is typed."""
    from bluegreen import settings  # noqa: PLC0415 - only a shell that completes needs them

    return [name for name in settings.names() if name.startswith(incomplete)]


def services(context: typer.Context, incomplete: str) -> list[str]:
    """Return the services of the environment that is named before, or by its variable; none while that is not known."""
    from bluegreen import settings  # noqa: PLC0415

    name = context.params.get("environment") or os.environ.get(ENVIRONMENT, "")
    try:
        found = settings.load(name).services
    except settings.SettingsError:  # a shell that completes is no place to say it: the verb itself does
        return []
    return [one.service_name for one in found if one.service_name.startswith(incomplete)]
