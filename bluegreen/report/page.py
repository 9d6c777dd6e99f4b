"""The report as one HTML file that needs nothing else: no network, no script."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources
from typing import Any

import jinja2
from markupsafe import Markup

from . import bins, words
from .areas import looks
from .chart import NARROW, SMALL, WIDE, Chart, draw
from .columns import COLUMNS, GROUPS, by_kind
from .comparison import comparison
from .drill import Drill
from .evidence import Evidence
from .headline import headline
from .marks import marks
from .shares import HEIGHT as STRIP
from .sums import ROWS, sums

PACKAGE = "bluegreen.report"

KINDS = {
    "bad version": "Bad versions",
    "bad task": "Bad tasks",
    "bad stage": "A bad stage",
    "bad hook": "A bad hook",
    "bad luck": "Bad luck",
    "good release": "Good releases",
}


@dataclass(frozen=True)
class SetUp:
    """The drills of one variant, under a heading of their own."""

    variant: str
    title: str
    drills: tuple[Drill, ...]


def page(evidence: Evidence, missing: Collection[str] = ()) -> str:
    """Return the page. Logs in `missing` are named without a link."""
    script = _asset("script.js")
    return (
        _templates()
        .get_template("page.html")
        .render(
            **HELPERS,
            run=evidence.run,
            headline=headline(evidence),
            comparison=comparison(evidence),
            sums=sums(evidence),
            set_ups=_set_ups(evidence),
            missing=frozenset(missing),
            style=_asset("style.css"),
            script=script,
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )


def _set_ups(evidence: Evidence) -> tuple[SetUp, ...]:
    titles = {"bluegreen": "The drills", "article": "The same drills in the article's own set-up"}
    if len(evidence.totals) == 1:
        titles["article"] = "The drills, in the article's own set-up"
    return tuple(
        SetUp(one.variant, titles[one.variant], tuple(d for d in evidence.drills if d.variant == one.variant))
        for one in evidence.totals
    )


def _charts(drill: Drill) -> tuple[Chart, ...]:
    """Return the timeline for a wide screen and for a phone: letters that shrink with the picture are not read."""
    return (draw(drill.timeline, WIDE), draw(drill.timeline, NARROW)) if drill.timeline else ()


def _small_chart(drill: Drill) -> Chart | None:
    """Return the timeline for a glance, or None where there is none."""
    return draw(drill.timeline, SMALL) if drill.timeline else None


def _legend(drill: Drill) -> tuple[tuple[str, str], ...]:
    """Return look and name of each version that answered, and of dropped requests where there are any."""
    if drill.timeline is None:
        return ()
    steps = bins.put_together(drill.timeline, WIDE.bins)
    shown = zip(looks(steps), drill.timeline.versions, strict=True)
    return tuple((look, version.name) for look, version in shown if any(version.answers))


def _asset(name: str) -> Markup:
    # Our own file, not data: it goes into the page as it is.
    return Markup((resources.files(PACKAGE) / "templates" / name).read_text(encoding="utf-8"))  # noqa: S704


@functools.cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader(PACKAGE),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


HELPERS: dict[str, Any] = {
    "rows": ROWS,
    "columns": COLUMNS,
    "groups": GROUPS,
    "kinds": KINDS,
    "by_kind": by_kind,
    "charts": _charts,
    "small_chart": _small_chart,
    "legend": _legend,
    "marks": marks,
    "words": words,
    "strip_height": STRIP,
}
