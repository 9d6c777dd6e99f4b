"""The last releases of a service, from the records that were kept and from what CodeDeploy knows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from . import past, record, record_store
from .evidence import Evidence

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .record import Record
    from .snapshot import Snapshot


@dataclass(frozen=True)
class Releases:
    """Newest first, and what could not be read."""

    records: tuple[Record, ...]
    notes: tuple[str, ...]


def last(clients: Clients, target: ReleaseTarget, limit: int) -> Releases:
    """Read the last releases; the rollback deployments of CodeDeploy are told with what they rolled back."""
    evidence, rollbacks = Evidence(), dict[str, "Snapshot"]()
    found: list[Record] = []
    for one in past.newest_first(clients.codedeploy, target):
        if one.rolls_back:
            rollbacks[one.rolls_back] = one
            continue
        found.append(joined(_record(clients, target, one, evidence), rollbacks.get(one.deployment_id)))
        if len(found) == limit:
            break
    return Releases(tuple(found), tuple(evidence.notes))


def joined(record: Record, rollback: Snapshot | None) -> Record:
    """Add what became of the rollback; it is newer, so it has been met before."""
    if rollback is None:
        return record
    return replace(record, rollback_deployment_id=rollback.deployment_id, rollback_status=rollback.status)


def _record(clients: Clients, target: ReleaseTarget, deployment: Snapshot, evidence: Evidence) -> Record:
    def kept() -> Record | None:
        return record_store.read(clients, target, deployment.deployment_id)

    # A record that cannot be read once cannot be read at all: one note is enough, and one refused call.
    found = evidence.read(kept, None) if not evidence.notes else None
    if found is None:
        return past.record_of(clients.codedeploy, target, deployment)
    return record.brought_up_to_date(found, deployment)
