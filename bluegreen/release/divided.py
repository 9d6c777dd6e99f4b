"""Production traffic that a release has left between two task sets, when it was stopped halfway and not rolled back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from . import traffic
from .revision import short_name
from .traffic import group_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .traffic import Share


@dataclass(frozen=True, kw_only=True)
class Divided:
    """`leftover` is the `family:revision` that has traffic and is not primary; its tasks still run."""

    shares: tuple[Share, ...]
    leftover: str
    deployment_id: str
    """Which deployment has left it so; empty where that is not known."""

    @property
    def words(self) -> str:
        """What is where, and since which deployment."""
        since = f", since {self.deployment_id} was not carried through" if self.deployment_id else ""
        return f"production traffic is divided{since}: {', '.join(map(str, self.shares))}"


def find(service: Mapping[str, Any], actions: list[Any]) -> Divided | None:
    """Find out whether a task set that is not the primary one has traffic.

    Args:
        service: the ECS service, at a time when no deployment of it runs.
        actions: the default actions of its production listener.
    """
    shares = traffic.shares(actions, traffic.revisions_by_target_group(service))
    served = {one.target_group for one in shares}
    for one in service.get("taskSets", []):
        if one.get("status") == "ACTIVE" and served & _groups(one):
            revision = short_name(one["taskDefinition"])
            return Divided(shares=shares, leftover=revision, deployment_id=one.get("externalId") or "")
    return None


def _groups(task_set: Mapping[str, Any]) -> set[str]:
    return {group_name(one.get("targetGroupArn", "")) for one in task_set.get("loadBalancers", [])}
