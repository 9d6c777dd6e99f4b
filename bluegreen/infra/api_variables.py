"""What the API is told by its environment, so that it does what the settings say of it."""

from __future__ import annotations

from bluegreen.settings import Settings

LEFT_TO_EXIT = 2
"""Seconds between the end of the API's own wait for open requests and SIGKILL."""
OWN_PORT, OWN_HEALTH_PATH = 3000, "/health"
"""What the API does when it is told nothing (service_rust, `Configuration`)."""


def api_variables(settings: Settings) -> dict[str, str]:
    """Return the variables; what the API does by itself is not told, as another image may not know the words."""
    task, path = settings.task, settings.health_check.path.partition("?")[0]
    variables = {"SHUTDOWN_SECONDS": str(task.stop_timeout - LEFT_TO_EXIT)}
    if task.container_port != OWN_PORT:
        variables["LISTEN_ADDR"] = f"0.0.0.0:{task.container_port}"
    if path != OWN_HEALTH_PATH:
        variables["HEALTH_PATH"] = path
    return variables
