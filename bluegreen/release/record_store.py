"""Keeps release records in the foundation's bucket, where the release target names one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from . import record, revision
from .errors import ReleaseError, code_of, in_one_line
from .event import Event
from .evidence import Evidence

if TYPE_CHECKING:
    from bluegreen.release_target import ReleaseTarget

    from .clients import Clients
    from .follow import Follower
    from .outcome import Outcome
    from .record import Record
    from .snapshot import Snapshot

ABSENT = frozenset({"NoSuchKey", "NoSuchBucket"})
KEPT_ALREADY = frozenset({"PreconditionFailed", "ConditionalRequestConflict"})


def key(target: ReleaseTarget, deployment_id: str) -> str:
    """Return the name of the object that holds a deployment's record."""
    place = "/".join(filter(None, [target.environment, target.service_name]))
    return f"releases/{place}/{deployment_id}.json"


def read(clients: Clients, target: ReleaseTarget, deployment_id: str) -> Record | None:
    """Return a deployment's record; None where none was kept."""
    return _read(clients, target, deployment_id)[0] if target.records_bucket else None


def write(clients: Clients, target: ReleaseTarget, kept: Record) -> None:
    """Write a record once: who watches later, or a second watcher, does not change it.

    Only one from before the end (`--wait-until shifted`, or a stop) is replaced, by one that says how it ended;
    who stopped it is added to any.
    """
    if _put(clients, target, kept, IfNoneMatch="*") or not (kept.over or kept.stopped_by):
        return
    there, version = _read(clients, target, kept.deployment_id)
    if there and (merged := _merged(there, kept)):
        _put(clients, target, merged, IfMatch=version)


def _merged(there: Record, new: Record) -> Record | None:
    """Return what replaces a record that is there; None where it stays."""
    if new.stopped_by:
        return replace(there, stopped_by=new.stopped_by)
    return replace(new, stopped_by=there.stopped_by) if new.over and not there.over else None


def _read(clients: Clients, target: ReleaseTarget, deployment_id: str) -> tuple[Record | None, str]:
    """Return a record and the version (ETag) of its object."""
    from botocore.exceptions import ClientError  # noqa: PLC0415 - boto3 is imported by now

    try:
        found = clients.s3.get_object(Bucket=target.records_bucket, Key=key(target, deployment_id))
    except ClientError as error:
        if code_of(error) in ABSENT:
            return None, ""
        raise
    return record.from_json(found["Body"].read().decode(errors="replace")), found.get("ETag", "")


def _put(clients: Clients, target: ReleaseTarget, kept: Record, **condition: str) -> bool:
    """Write a record; return whether the object was as the condition says."""
    from botocore.exceptions import ClientError  # noqa: PLC0415

    try:
        clients.s3.put_object(
            Bucket=target.records_bucket,
            Key=key(target, kept.deployment_id),
            Body=kept.to_json().encode(),
            ContentType="application/json",
            **condition,  # type: ignore[arg-type]  # of the two strings that S3 takes
        )
    except ClientError as error:
        if code_of(error) not in KEPT_ALREADY:
            raise
        return False
    return True


def keep(follower: Follower, outcome: Outcome) -> None:
    """Write down how far a release was watched; that it cannot be written is told, and fails nothing."""
    from botocore.exceptions import BotoCoreError, ClientError  # noqa: PLC0415

    deployment, target = outcome.deployment, follower.target
    if not target.records_bucket or deployment.rolls_back:
        return
    try:
        write(follower.clients, target, of_outcome(follower, outcome))
    except (BotoCoreError, ClientError, ReleaseError) as error:
        note = f"no release record was kept in {target.records_bucket}: {in_one_line(error)}"
        fields = {"deployment_id": deployment.deployment_id, "note": note}
        follower.report.tell(Event(kind="note", text=f"note: {note}", fields=fields))


def keep_stop(clients: Clients, target: ReleaseTarget, deployment: Snapshot, after: str, by: str) -> None:
    """Write down who stops a release, which CodeDeploy does not keep: whoever else watches it can say so then.

    Args:
        clients: of the environment.
        target: where it is released.
        deployment: as it was before the stop.
        after: `family:revision` under deployment.
        by: who stops it, or which watch (`stopper.py`); nothing is written where that is not known.
    """
    if not target.records_bucket or not by:
        return
    kept = replace(record.of(deployment, target, after=after, hooked=False), stopped_by=by)
    with suppress(Exception):  # one that cannot be written is told at the end, with how the release ended
        write(clients, target, kept)


def who_stopped(clients: Clients, target: ReleaseTarget, deployment_id: str) -> str:
    """Return who stopped a release with `bluegreen`; empty where nobody is known to have."""
    kept = Evidence().read(lambda: read(clients, target, deployment_id), None)
    return kept.stopped_by if kept else ""


def of_outcome(follower: Follower, outcome: Outcome) -> Record:
    """Make the record of a release that was watched: with the whole digest, the hook's words and all durations."""
    deployment, verdicts, after = outcome.deployment, tuple(follower.verdicts.values()), follower.sides.replacement
    said = record.of(deployment, follower.target, after=after, hooked=bool(verdicts))
    released = revision.describe(follower.clients, after) if after else {}
    image = revision.image_of(released, follower.target.container_name)
    return replace(
        said,
        before=said.before or follower.sides.original,
        image=image,
        image_digest=image.partition("@sha256:")[2] or said.image_digest,
        reason=outcome.reason.cause if outcome.reason else said.reason,
        verdict=verdicts[-1].verdict if verdicts else said.verdict,
        verdicts=tuple(
            {
                "verdict": one.verdict,
                "milliseconds": one.milliseconds,
                "expected_revision": one.expected_revision,
                "reason": one.reason,
            }
            for one in verdicts
        ),
        lifecycle={event.name: event.seconds for event in deployment.lifecycle if event.seconds is not None},
        rollback_status=outcome.rollback.status if outcome.rollback else "",
    )
