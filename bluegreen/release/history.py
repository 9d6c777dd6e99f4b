"""`bluegreen history`: the last releases, who made them, what they were and how they ended."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from .event import Event
from .options import AsJson, EnvironmentName, RegionName, ServiceName

if TYPE_CHECKING:
    from .record import Record

app = typer.Typer(add_completion=False)

DEFAULT = 20


class Format(StrEnum):
    """How a list may be written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


@app.command()
def history(
    *,
    environment: EnvironmentName = None,
    service: ServiceName = None,
    region: RegionName = None,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="How many releases, the newest first.")] = DEFAULT,
    form: Annotated[Format, typer.Option("--format", help="How to write them.")] = Format.TABLE,
    as_json: AsJson = False,
) -> None:
    """List the last releases: when, who, from what to what, the hook's verdict, how long, how they ended.

    Example: bluegreen history --environment sample --limit 5
    """
    from . import releases, releases_table, report, target  # noqa: PLC0415 - `--help` need not pay for them
    from .environment import open_environment  # noqa: PLC0415

    opened = open_environment(environment, service, region)
    found = releases.last(opened.clients, target.read(opened), limit)
    if as_json or form is Format.JSON:
        told = report.choose(as_json=True)
        for one in found.records:
            told.tell(_as_event(one))
    elif form is Format.CSV:
        releases_table.write_csv(found.records, sys.stdout)
    else:
        print("\n".join(releases_table.lines(found.records)))
    for note in found.notes:
        print(f"bluegreen: not known: {note}", file=sys.stderr)


def _as_event(one: Record) -> Event:
    return Event(kind="release", text=one.deployment_id, fields=one.fields())
