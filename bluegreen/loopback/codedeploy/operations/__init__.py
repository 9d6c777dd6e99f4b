"""The operations, by the noun they are about: all of CodeDeploy's."""

from __future__ import annotations

from . import (
    application,
    configuration,
    deployment,
    group,
    hook,
    instance,
    on_premises,
    revision,
    steering,
    tag,
    target,
)
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
    *tag.OPERATIONS,
    *instance.OPERATIONS,
    *on_premises.OPERATIONS,
)
