"""What is kept of one release, and what `history` shows of it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from . import description
from .snapshot import ENDS

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .snapshot import Snapshot

VERSION = 1
JSON_NAMES = {"before": "from", "after": "to"}
"""Python keeps the word `from` to itself."""
TIMES = ("created", "completed")


@dataclass(frozen=True, kw_only=True)
class Record:
    """One deployment: what is not known is empty, times are UTC, `seconds` is the time from creation to the end."""

    deployment_id: str
    environment: str = ""
    service: str = ""
    """Which service of the environment, where it has several."""
    status: str = ""
    """CodeDeploy's."""
    who: str = ""
    before: str = ""
    after: str = ""
    image: str = ""
    image_tag: str = ""
    image_digest: str = ""
    """SHA-256 in hex; its first characters where no record was kept."""
    git_revision: str = ""
    configuration: str = ""
    created: datetime | None = None
    completed: datetime | None = None
    seconds: float | None = None
    verdict: str = ""
    """The hook's last word: Succeeded, Failed, or empty where it was not asked."""
    reason: str = ""
    error_code: str = ""
    rollback_deployment_id: str = ""
    rollback_status: str = ""
    undoes: str = ""
    stopped_by: str = ""
    """Who stopped it with `bluegreen`."""
    note: str = ""
    verdicts: tuple[dict[str, Any], ...] = ()
    """Each verdict line of the hook: verdict, milliseconds, expected_revision, reason."""
    lifecycle: dict[str, float] | None = None
    """Seconds by lifecycle event."""
    version: int = VERSION

    @property
    def over(self) -> bool:
        """Whether it says how the release ended; one that was kept when traffic had moved does not."""
        return self.status in ENDS

    def fields(self) -> dict[str, Any]:
        """Return the fields under the names that the docs give them."""
        return {JSON_NAMES.get(name, name): value for name, value in asdict(self).items()}

    def to_json(self) -> str:
        """Write the record as a JSON object."""
        return json.dumps(self.fields(), default=lambda value: value.isoformat(), indent=1)


def from_json(text: str) -> Record | None:
    """Read a record of this version or a later one, whose further fields are not shown; None if it is none."""
    try:
        document = json.loads(text)
        known = {one.name: document.get(JSON_NAMES.get(one.name, one.name)) for one in fields(Record)}
        times = {name: datetime.fromisoformat(known[name]) if known[name] else None for name in TIMES}
    except (ValueError, TypeError, AttributeError):
        return None
    if not isinstance(known["deployment_id"], str):
        return None
    given: dict[str, Any] = {name: value for name, value in known.items() if value is not None}
    given.update(times, verdicts=tuple(given.get("verdicts") or ()))
    return Record(**given)


def of(deployment: Snapshot, target: ReleaseTarget, *, after: str, hooked: bool) -> Record:
    """Make the record of what CodeDeploy and the deployment's description say.

    Args:
        deployment: as it is now.
        target: where it was released.
        after: `family:revision` that its AppSpec names.
        hooked: whether its AppSpec names a hook.
    """
    said = description.parse(deployment.description)
    return Record(
        deployment_id=deployment.deployment_id,
        environment=target.environment,
        service=target.service_name,
        status=deployment.status,
        who=said.who or deployment.creator,
        before=said.before,
        after=after or said.after,
        image_tag=said.tag,
        image_digest=said.digest,
        git_revision=said.git_revision,
        configuration=deployment.configuration,
        created=deployment.created,
        completed=deployment.completed,
        seconds=deployment.seconds,
        verdict=_verdict(deployment, hooked=hooked),
        reason=deployment.error_message,
        error_code=deployment.error_code,
        rollback_deployment_id=deployment.rollback_deployment,
        undoes=said.undoes,
        note=said.note,
    )


def brought_up_to_date(kept: Record, deployment: Snapshot) -> Record:
    """Add to a record from before the end what CodeDeploy knows of it now; one from the end stays as it is."""
    if kept.over:
        return kept
    return replace(
        kept,
        status=deployment.status,
        completed=deployment.completed,
        seconds=deployment.seconds,
        reason=deployment.error_message,
        error_code=deployment.error_code,
        rollback_deployment_id=deployment.rollback_deployment,
    )


def _verdict(deployment: Snapshot, *, hooked: bool) -> str:
    """A deployment cannot succeed past a hook that has not; any other end says nothing of the hook."""
    if deployment.error_code == "HOOK_EXECUTION_FAILURE":
        return "Failed"
    return "Succeeded" if hooked and deployment.status == "Succeeded" else ""
