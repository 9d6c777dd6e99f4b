"""A review as Markdown for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import wording
from .difference import Difference, differences
from .finding import Finding
from .identity import identity
from .plan import Change, Kind, Plan
from .summary import NO_CHANGES, Review, counts, grouped, notes, retagged

LIMIT = 65_536
"""Characters that GitHub takes in a comment."""
RESERVE = 300
"""Characters kept for the line that says what is left out."""


def markdown(review: Review, limit: int = LIMIT) -> str:
    """Return the whole review, or as many changes as fit into `limit` characters and how many were left out."""
    blocks = list(_blocks(review))
    kept, length = 0, 0
    for block in blocks:
        if length + len(block) > limit - RESERVE:
            break
        kept, length = kept + 1, length + len(block)
    text = "".join(blocks[:kept])
    if kept == len(blocks):
        return text
    return (
        f"{text}\n**Left out: the rest of this review ({len(blocks) - kept} of {len(blocks)} entries), "
        f"for a comment holds {limit} characters.** All of it: `make plan` on your machine, or the run's log.\n"
    )


def is_cut(review: Review, limit: int = LIMIT) -> bool:
    """Whether `markdown` leaves something out."""
    return sum(map(len, _blocks(review))) > limit - RESERVE


def code(text: str) -> str:
    """Return text as it is, in a code span: nothing in it is read as Markdown, as a mention or as HTML."""
    flat = " ".join(text.split("\n"))
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", flat)), default=0))
    pad = " " if flat.startswith("`") or flat.endswith("`") or not flat.strip() else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def _blocks(review: Review) -> Iterator[str]:
    """Yield the pieces that a limit may part."""
    # Not shown; whoever keeps a comment up to date finds it by this line.
    yield f"<!-- plan of {re.sub(r'[^A-Za-z0-9_-]', '', review.title)} -->\n"
    yield f"## Plan: {code(review.title)}\n\n"
    if review.plan.is_clean:
        yield f"{NO_CHANGES}\n"
        return
    yield f"**{counts(review.plan)}**\n"
    yield from _guard(review)
    for kind, parts in grouped(review.plan):
        yield f"\n### {kind.capitalize()}\n"
        for name, changes in parts:
            yield f"\n**{name}**\n\n"
            yield from (_change(review.plan, change) for change in changes)
    for told, changes in retagged(review.plan):
        lines = [f"\n### Tags of {len(changes)} resources, and nothing else of them\n"]
        yield "\n".join([*lines, *(line.removeprefix("  ") for one in told for line in _difference(one))]) + "\n"


def _guard(review: Review) -> Iterator[str]:
    if not review.findings:
        yield "\nThe guard objects to nothing.\n"
        return
    allowed = len(review.findings) - len(review.objections)
    yield f"\n### Guard: {len(review.objections)} not allowed, {allowed} allowed\n\n"
    yield from map(_finding, review.findings)


def _finding(finding: Finding) -> str:
    verdict = "allowed" if finding.is_allowed else "**not allowed**"
    return (
        f"- {verdict}: {code(finding.address)}\n"
        f"  - what: {code(finding.what)}\n"
        f"  - why it is dangerous: {finding.why}\n"
        f"  - instead: {finding.instead}\n"
    )


def _change(plan: Plan, change: Change) -> str:
    name = identity(change) if change.kind in (Kind.ADDED, Kind.DESTROYED) else ""
    lines = [f"- {code(change.address)}{f': {code(name)}' if name else ''}{notes(change)}"]
    if change.kind in (Kind.CHANGED, Kind.REPLACED):
        lines += [line for one in differences(plan, change) for line in _difference(one)]
    return "\n".join(lines) + "\n"


def _difference(one: Difference) -> list[str]:
    forced = " (**forces the replacement**)" if one.forces_replacement else ""
    if wording.is_short(one):
        values = f"{code(wording.short(one.before))} → {code(wording.short(one.after))}"
        return [f"  - {code(one.path)}: {values}{forced}"]
    lines = wording.diff(one)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", "\n".join(lines))), default=0))
    indented = [f"    {line}" for line in (f"{fence}diff", *lines, fence)]
    return [f"  - {code(one.path)}:{forced}", "", *indented]
