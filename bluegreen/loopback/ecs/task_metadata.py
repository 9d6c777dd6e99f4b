"""Task metadata endpoint version 4."""

from __future__ import annotations

from typing import Any


def task(task_id: str) -> dict[str, Any] | None:
    """Return the task's document, None when no such task runs."""


def container(task_id: str) -> dict[str, Any] | None:
    """Return the document of the task's first container, None when no such task runs."""
