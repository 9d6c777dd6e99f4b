"""The operations, by the noun they are about."""

from __future__ import annotations

from . import application, configuration, deployment, group, hook, revision, steering, target
from .operation import Operation

OPERATIONS: tuple[Operation, ...] = (
    *application.OPERATIONS,
    *configuration.OPERATIONS,
    *group.OPERATIONS,
    *revision.OPERATIONS,
    *deployment.OPERATIONS,
    *steering.OPERATIONS,
    *hook.OPERATIONS,
    *target.OPERATIONS,
)
