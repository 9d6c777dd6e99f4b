"""The last lines that a container of a task has written, from its awslogs stream."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_logs import CloudWatchLogsClient

    from .clients import Clients

SHOWN = 10
LONGEST = 300
"""Characters of a line that are shown."""


@dataclass(frozen=True, kw_only=True)
class Tail:
    """Lines, oldest first, and where they are; `note` says why there are none."""

    container: str
    where: str = ""
    lines: tuple[str, ...] = ()
    note: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """What to show of it, a line each."""
        if not self.lines:
            return (f"log of {self.container}: {self.note or 'it wrote nothing'}",)
        return (f"last lines of {self.where}:", *(f"  {one}" for one in self.lines))


@dataclass(frozen=True, kw_only=True)
class Stream:
    """An awslogs stream."""

    group: str
    name: str
    region: str


def stream_of(definition: Mapping[str, Any], container: str, task_id: str) -> Stream | None:
    """Find where a container of a task definition logs to; None where it does not use awslogs."""
    found = next((one for one in definition.get("containerDefinitions", []) if one.get("name") == container), {})
    logging = found.get("logConfiguration") or {}
    options = logging.get("options") or {}
    if logging.get("logDriver") != "awslogs" or not options.get("awslogs-stream-prefix"):
        return None
    name = f"{options['awslogs-stream-prefix']}/{container}/{task_id}"
    return Stream(group=options.get("awslogs-group", ""), name=name, region=options.get("awslogs-region", ""))


def read(clients: Clients, definition: Mapping[str, Any], container: str, task_id: str) -> Tail:
    """Read the last lines of a container; a stream that is not there holds none."""
    found = stream_of(definition, container, task_id)
    if found is None:
        return Tail(container=container, note="it does not go to CloudWatch Logs by awslogs")
    where = f"{found.group} {found.name}"
    if found.region not in ("", clients.region):
        return Tail(container=container, where=where, note=f"{where} in {found.region}")
    logs = clients.logs
    try:
        messages = _newest(logs, found)
    except logs.exceptions.ResourceNotFoundException:
        return Tail(container=container, where=where)
    lines = tuple(_short(one) for one in map(str.rstrip, messages) if one)
    return Tail(container=container, where=where, lines=lines[-SHOWN:])


def _newest(logs: CloudWatchLogsClient, stream: Stream) -> list[str]:
    """Read the newest page that holds anything: one may be empty though there is more behind its token."""
    ask = partial(
        logs.get_log_events,
        logGroupName=stream.group,
        logStreamName=stream.name,
        limit=SHOWN,
        startFromHead=False,
    )
    answer, before = ask(), ""
    # The same token once more is the beginning of the stream.
    while not answer.get("events") and answer.get("nextBackwardToken", "") not in ("", before):
        before = answer["nextBackwardToken"]
        answer = ask(nextToken=before)
    return [one.get("message", "") for one in answer.get("events", [])]


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
