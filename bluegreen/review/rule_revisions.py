"""Task definition revisions, which a rollback needs."""

from __future__ import annotations

from collections.abc import Iterator

from .finding import Finding
from .plan import Plan


def revisions_stay_registered(plan: Plan) -> Iterator[Finding]:
    """Object to a task definition that ends without `skip_destroy`: its revision would be deregistered."""
    for change in plan.of_types("aws_ecs_task_definition"):
        if change.is_gone and change.before.get("skip_destroy") is not True:
            name = f"{change.before.get('family')}:{change.before.get('revision')}"
            yield Finding(
                address=change.address,
                rule="revisions",
                what=f"the revision {name} is deregistered",
                why="a rollback to it, and a release that is copied from it, fail with `TaskDefinition is inactive`",
                instead="apply skip_destroy = true first, by itself; then make this change",
            )
