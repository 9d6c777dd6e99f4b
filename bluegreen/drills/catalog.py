"""Which drills there are, in the order of the report."""

from __future__ import annotations

import importlib

from .drill import Drill

NAMES = (
    "all-at-once",
    "canary",
    "linear",
    "rollback",
    "twenty-in-a-row",
    "second-service",
    "answers-500",
    "wrong-body",
    "right-on-health-only",
    "slow",
    "slow-start",
    "hang",
    "works-at-first",
    "leaks-memory",
    "test-listener-on-live",
    "test-listener-on-both",
    "hook-crashes",
    "hook-panics",
    "hook-hangs",
    "hook-silent",
    "hook-without-permission",
    "hook-reports-twice",
    "hook-reports-late",
    "alarm-after-shift",
    "alarm-in-canary",
    "task-dies-in-shift",
    "scaling-in-shift",
    "api-throttled",
    "proxy-restarted",
    "two-releases-at-once",
    "terraform-apply-in-release",
    "watch-killed",
    "stopped-at-every-moment",
    "exits-at-start",
    "crashes-under-load",
    "crashes-after-shift",
    "ignores-sigterm",
    "wrong-port",
    "image-missing",
    "wrong-architecture",
)


class UnknownDrillError(ValueError):
    """There is no drill of that name."""


def load(name: str) -> Drill:
    """Return a drill.

    Raises:
        UnknownDrillError: there is none of that name.
    """
    if name not in NAMES:
        raise UnknownDrillError(f"there is no drill {name}; there are {', '.join(NAMES)}")
    return importlib.import_module(f"{__package__}.plays.{name.replace('-', '_')}").DRILL
