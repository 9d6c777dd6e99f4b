"""ECS's names for its parts."""

from __future__ import annotations

import secrets
import uuid

FIRST_ID, IDS = 10**18, 9 * 10**18


def task_set_id() -> str:
    """Return `ecs-svc/` and 19 digits."""
    return f"ecs-svc/{FIRST_ID + secrets.randbelow(IDS)}"


def task_id() -> str:
    """Return 32 hexadecimal digits."""
    return uuid.uuid4().hex


def of(cluster_arn: str, kind: str, *names: str) -> str:
    """Return the ARN of something in a cluster, in the long format."""
    head, cluster = cluster_arn.rsplit(":cluster/", 1)
    return f"{head}:{kind}/{'/'.join((cluster, *names))}"
