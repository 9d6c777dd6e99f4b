"""Releases as a table for a person and as CSV for a program."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .record import Record

HEAD = ("CREATED", "DEPLOYMENT", "FROM -> TO", "IMAGE", "GIT", "WHO", "CONFIGURATION", "VERDICT", "TOOK", "STATUS")
CSV = (
    *("deployment_id", "environment", "service", "created", "completed", "seconds", "who", "from", "to"),
    *("image", "image_tag", "image_digest", "git_revision", "configuration", "verdict", "status", "error_code"),
    *("reason", "rollback_deployment_id", "rollback_status", "undoes", "stopped_by", "note"),
)
DIGEST = 12
UNKNOWN = "-"


def lines(records: Sequence[Record]) -> list[str]:
    """Write one line a release under a head; columns are as wide as what is in them, and are never wrapped."""
    if not records:
        return ["there was no release yet"]
    rows = [HEAD, *(_row(one) for one in records)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def write_csv(records: Sequence[Record], stream: TextIO) -> None:
    """Write a head and a line a release; times are ISO 8601, what is not known is empty."""
    writer = csv.DictWriter(stream, CSV, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**one.fields(), **_times(one)} for one in records)


def _times(one: Record) -> dict[str, str]:
    return {
        "created": one.created.isoformat() if one.created else "",
        "completed": one.completed.isoformat() if one.completed else "",
    }


def _row(one: Record) -> tuple[str, ...]:
    return (
        f"{one.created.astimezone():%Y-%m-%d %H:%M}" if one.created else UNKNOWN,
        one.deployment_id,
        f"{one.before or '?'} -> {one.after or '?'}",
        one.image_tag or one.image_digest[:DIGEST] or UNKNOWN,
        one.git_revision or UNKNOWN,
        one.who or UNKNOWN,
        one.configuration.removeprefix("CodeDeployDefault."),
        one.verdict or UNKNOWN,
        UNKNOWN if one.seconds is None else f"{one.seconds:.0f} s",
        _ended(one),
    )


def _ended(one: Record) -> str:
    """Say how it ended, and what else belongs to it."""
    code = f" ({one.error_code})" if one.error_code else ""
    undoes = f", took back {one.undoes}" if one.undoes else ""
    back = f", rolled back by {one.rollback_deployment_id}" if one.rollback_deployment_id else ""
    failed = f" ({one.rollback_status})" if one.rollback_status not in ("", "Succeeded") else ""
    stopped = f" by {one.stopped_by}" if one.stopped_by and one.status == "Stopped" else ""
    return f"{one.status}{stopped}{code}{undoes}{back}{failed}"
