"""The tables under `services`: what one of several services has for itself."""

from __future__ import annotations

from typing import Any

from .consistency import check_service_name
from .errors import SettingsError
from .model import Settings
from .schema import check

TABLE = "services"
KEYS = (
    "production_port",
    "test_port",
    "family",
    "repository",
    "repository_force_delete",
    "image_tag",
    "checks",
    "routes",
    "load_balancer",
    "health_check",
    "task",
    "service",
    "autoscaling",
    "release",
    "alarms",
    "hook",
)
OWN = ("family", "routes")
"""Keys that a service never takes over from its environment: no two services may share their values."""


def check_tables(file: str, environment: str, tables: Any) -> dict[str, dict[str, Any]]:
    """Return what a file says under `services`, checked.

    Raises:
        SettingsError: naming `file` and the key.
    """
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise SettingsError.about(file, TABLE, tables, "a table for each service, as in [services.orders]")
    for name in tables:
        check_service_name(file, environment, name)
    return {name: check(file, Settings, table, f"{TABLE}.{name}.", KEYS) for name, table in tables.items()}
