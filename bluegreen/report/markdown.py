"""The report as Markdown, for the summary of a CI job."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import words
from .comparison import ROWS, comparison
from .drill import Drill
from .evidence import Evidence
from .figures import Figures
from .headline import headline

LIMIT = 1024 * 1024
"""Bytes that GitHub takes as the summary of a step; of a longer one it shows nothing."""
RESERVE = 300
"""Bytes kept for the line that says what is left out."""
LINES = 40
"""Lines of a reason that are shown."""

HEAD = "| drill | verdict | requests | dropped | unverified | allowed exposure | seen | longest gap |\n"
RULE = "|---|---|---:|---:|---:|---|---|---:|\n"
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
    yield from (_broken(drill) for drill in evidence.drills if _is_ours(evidence, drill) and drill.verdict == "broken")
    yield from _side_by_side(evidence)
    for totals in evidence.totals:
        yield f"\n### {TITLES[totals.variant]}\n\n{HEAD}{RULE}"
        yield from (_row(drill) for drill in evidence.drills if drill.variant == totals.variant)


def _is_ours(evidence: Evidence, drill: Drill) -> bool:
    """Whether the headline speaks of this drill."""
    return drill.variant == evidence.totals[0].variant


def _broken(drill: Drill) -> str:
    lines = [f"{'kept  ' if one.kept else 'BROKEN'}  {one.text}: {one.seen}" for one in drill.promises]
    reason = drill.reason.splitlines()
    more = [f"... {len(reason) - LINES} more lines in the report"] if len(reason) > LINES else []
    told = ["", *reason[:LINES], *more] if reason else []
    return f"\n### Broken: {drill.name}\n\n{_fenced([*lines, *told])}"


def _side_by_side(evidence: Evidence) -> Iterator[str]:
    both = comparison(evidence)
    if both is None:
        return
    yield f"\n### The same {words.plural(len(both.pairs), 'drill')} with and without bluegreen\n\n"
    yield "| | bluegreen | the article's own set-up |\n|---|---:|---:|\n"
    yield "".join(f"| {row.name} | {row.text(both.ours)} | {row.text(both.article)} |\n" for row in ROWS)


def _row(drill: Drill) -> str:
    verdict = "kept" if drill.verdict == "kept" else "**broken**"
    return f"| {drill.name} | {verdict} | {' | '.join(_cells(drill.figures))} |\n"


def _cells(figures: Figures | None) -> tuple[str, ...]:
    if figures is None:
        return (words.NOTHING,) * 6
    return (
        words.count(figures.requests),
        words.count(figures.dropped),
        words.count(figures.unverified),
        words.exposure(figures.allowed),
        words.exposure(figures.seen),
        words.seconds(figures.longest_gap),
    )


def _fenced(lines: list[str]) -> str:
    """Return lines as they are: nothing in them is read as Markdown, as a mention or as HTML."""
    text = "\n".join(lines)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return f"{fence}text\n{text}\n{fence}\n"
