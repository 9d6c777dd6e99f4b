"""A container of a task: its definition, and the process that stands for it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bluegreen.loopback.processes import Process

from .container_health import UNKNOWN, ContainerHealth

DEFAULT_STOP_TIMEOUT = 30.0
LONGEST_STOP_TIMEOUT = 120.0
"""What Fargate waits at most (ECS developer guide, task definition parameters)."""


@dataclass(kw_only=True)
class Container:
    """One of the task definition's containers."""

    definition: Mapping[str, Any]
    process: Process | None = None
    image_digest: str | None = None
    health: ContainerHealth | None = None
    """Its health check, where the definition has one."""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def name(self) -> str:
        return self.definition["name"]

    @property
    def essential(self) -> bool:
        return self.definition.get("essential", True)

    @property
    def stop_timeout(self) -> float:
        """AWS seconds from SIGTERM to SIGKILL."""
        return min(LONGEST_STOP_TIMEOUT, float(self.definition.get("stopTimeout") or DEFAULT_STOP_TIMEOUT))

    @property
    def exit_code(self) -> int | None:
        """The exit code as Docker tells it: 128 and the number of the signal that killed it."""
        code = self.process.exit_code() if self.process else None
        return 128 - code if code is not None and code < 0 else code

    @property
    def health_status(self) -> str:
        """HEALTHY, UNHEALTHY or UNKNOWN, as the API tells it."""
        return self.health.state if self.health else UNKNOWN

    @property
    def exited(self) -> bool:
        return self.process is not None and self.process.exit_code() is not None
