"""What the API is told by its environment, so that it does what the settings say of it."""

from __future__ import annotations

import re

from bluegreen.settings import Settings

LEFT_TO_EXIT = 2
"""Seconds between the end of the API's own wait for open requests and SIGKILL."""
OWN_HEALTH_PATH = "/health"
"""Where the API answers health checks when it is told nothing (service_rust, `Configuration`)."""
OWN_ROUTES = ("/", "/one", "/two", "/three", "/error")
"""What the API answers anyway, and so takes for no health path."""
PLAIN_PATH = re.compile(r"/[A-Za-z0-9/._~-]{0,127}")
"""What the API takes for a path at all."""


def api_variables(settings: Settings) -> dict[str, str]:
    """Return the variables; what the API does by itself or would not take is not told, nor what a secret tells it."""
    variables = {"SHUTDOWN_SECONDS": str(settings.task.stop_timeout - LEFT_TO_EXIT)}
    path = settings.health_check.path.partition("?")[0]
    if path not in (OWN_HEALTH_PATH, *OWN_ROUTES) and PLAIN_PATH.fullmatch(path):
        variables["HEALTH_PATH"] = path
    return {name: value for name, value in variables.items() if name not in settings.task.secrets}
