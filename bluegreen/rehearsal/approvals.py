"""Which revision visitors may be answered by, and when: what CodeDeploy's own times say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .cast import Version
from .figures import Approval
from .releases import Release


def approvals(initial: Approval, released: Iterable[tuple[Version, Release]]) -> tuple[Approval, ...]:
    """Return who may answer when: a revision from its verdict on, until the next one has taken all traffic."""
    found = [initial]
    for version, release in released:
        if release.verified is None or release.shifted is None:
            continue
        found[-1] = replace(found[-1], until=release.shifted)
        found.append(Approval(release.task_definition, version.key, since=release.verified))
    return tuple(found)
