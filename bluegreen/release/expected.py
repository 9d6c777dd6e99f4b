"""How long a deployment will take: the median of the last ones that went well with the same configuration."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING

from . import past

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mypy_boto3_codedeploy import CodeDeployClient

    from bluegreen.release_target import ReleaseTarget

    from .snapshot import Snapshot

LOOKED_AT = 50
COUNTED = 5


@dataclass(frozen=True)
class Expected:
    """`seconds` from creation to the end, the median of so many deployments."""

    seconds: float
    deployments: int


def of(codedeploy: CodeDeployClient, target: ReleaseTarget, deployment: Snapshot) -> Expected | None:
    """Ask the group's history; None where it holds no such deployment."""
    return among(islice(past.newest_first(codedeploy, target), LOOKED_AT), deployment)


def among(history: Iterable[Snapshot], deployment: Snapshot) -> Expected | None:
    """Take the newest few that are like `deployment`; `history` is newest first."""
    alike = (one.seconds for one in history if one.seconds is not None and _alike(one, deployment))
    found = list(islice(alike, COUNTED))
    return Expected(median(found), len(found)) if found else None


def _alike(one: Snapshot, deployment: Snapshot) -> bool:
    is_release = one.status == "Succeeded" and not one.rolls_back and one.deployment_id != deployment.deployment_id
    return is_release and one.configuration == deployment.configuration
