"""Amazon ECS: moto's API, with task sets, and tasks that are real processes."""

from __future__ import annotations

from moto.ecs.models import ecs_backends

from .models import LoopbackECSBackend


def install() -> None:
    """Make every ECS backend of this process one of ours."""
    ecs_backends.backend = LoopbackECSBackend
