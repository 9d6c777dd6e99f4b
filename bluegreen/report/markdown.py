"""The report as Markdown, for the summary of a CI job."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import words
from .columns import COLUMNS, LATENCY, TIME, Column
from .drill import Drill
from .evidence import Evidence
from .headline import headline
from .sums import ROWS, Row, sums
from .totals import Totals

LIMIT = 1024 * 1024
"""Bytes that GitHub takes as the summary of a step; of a longer one it shows nothing."""
RESERVE = 300
"""Bytes kept for the line that says what is left out."""
LINES = 40
"""Lines of a reason that are shown."""

TIMED = tuple(column for column in COLUMNS if column.group in {LATENCY, TIME})
MET = tuple(column for column in COLUMNS if column not in TIMED)
TITLES = {"bluegreen": "The drills", "article": "In the article's own set-up"}


def markdown(evidence: Evidence, limit: int = LIMIT) -> str:
    """Return the summary, or as much as fits into `limit` bytes and a line that says how much was left out."""
    blocks = list(_blocks(evidence))
    kept, length = 0, 0
    for block in blocks:
        size = len(block.encode())
        if length + size > limit - RESERVE:
            break
        kept, length = kept + 1, length + size
    text = "".join(blocks[:kept])
    if kept == len(blocks):
        return text
    return (
        f"{text}\n**Left out: the rest of this summary ({len(blocks) - kept} of {len(blocks)} parts), "
        f"for it holds {words.count(limit)} bytes.** All of it is in report.html.\n"
    )


def _blocks(evidence: Evidence) -> Iterator[str]:
    """Yield the pieces that a limit may part, what matters most first."""
    found = headline(evidence)
    sign = "✅" if found.kept else "❌"
    yield f"## {sign} {found.verdict}\n\n{found.sentence}\n\n"
    run = evidence.run
    yield (
        f"{words.plural(len(evidence.drills), 'drill')} in {words.seconds(run.seconds)}, {run.rate:g} requests a "
        f"second in each; {words.scale(run)}.\n"
    )
    variants = [totals.variant for totals in evidence.totals]
    told = [drill for drill in evidence.drills if drill.variant == variants[0]]  # those that the headline speaks of
    yield from (_broken(drill) for drill in told if drill.verdict == "broken")
    yield _in_total(evidence)
    for variant in variants:
        own = [drill for drill in evidence.drills if drill.variant == variant]
        yield f"\n### {TITLES[variant]}\n\n{_head('drill', 'verdict', *_names(MET))}"
        yield from (_row(drill.name, _verdict(drill), *_cells(drill, MET)) for drill in own)
        yield f"\nTheir latency (p50 / p99 / max) and times:\n\n{_head('drill', *_names(TIMED))}"
        yield from (_row(drill.name, *_cells(drill, TIMED)) for drill in own)


def _broken(drill: Drill) -> str:
    lines = [f"{'kept  ' if one.kept else 'BROKEN'}  {one.text}: {one.seen}" for one in drill.promises]
    reason = drill.reason.splitlines()
    more = [f"... {len(reason) - LINES} more lines in the report"] if len(reason) > LINES else []
    told = ["", *reason[:LINES], *more] if reason else []
    return f"\n### Broken: {drill.name}\n\n{_fenced([*lines, *told])}"


def _in_total(evidence: Evidence) -> str:
    columns = sums(evidence)
    rows = (_row(row.name, *(_figure(row, column.totals) for column in columns)) for row in ROWS)
    return f"\n### In total\n\n{_head('', *(column.head for column in columns))}{''.join(rows)}"


def _figure(row: Row, totals: Totals) -> str:
    note = row.note(totals)
    return row.text(totals) + (f" ({note})" if note else "")


def _names(columns: tuple[Column, ...]) -> Iterator[str]:
    return (column.name for column in columns)


def _verdict(drill: Drill) -> str:
    return "kept" if drill.verdict == "kept" else "**broken**"


def _cells(drill: Drill, columns: tuple[Column, ...]) -> Iterator[str]:
    return (column.text(drill.figures) if drill.figures else words.NOTHING for column in columns)


def _head(first: str, *others: str) -> str:
    return _row(first, *others) + f"|---|{'---:|' * len(others)}\n"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


def _fenced(lines: list[str]) -> str:
    """Return lines as they are: nothing in them is read as Markdown, as a mention or as HTML."""
    text = "\n".join(lines)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}\n"
