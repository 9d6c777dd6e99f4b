"""The summary of a CI job: what matters first, within GitHub's limit, and what it quotes is not read as Markdown."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from bluegreen.report import words
from bluegreen.report.drill import Promise
from bluegreen.report.evidence import Evidence
from bluegreen.report.markdown import LINES, markdown
from tests.report.sample import evidence


def test_it_begins_with_the_verdict() -> None:
    assert markdown(evidence()).startswith("## ✅ 10 drills: every promise kept\n")
    assert markdown(evidence(broken=True)).startswith("## ❌ 2 of 12 drills broke a promise\n")


def test_it_says_what_broke_and_leaves_what_was_kept_to_the_table() -> None:
    text = markdown(evidence(broken=True))
    assert "### Broken: proxy-restarted" in text
    assert "BROKEN  no request was dropped: 80 of 3593 requests" in text
    assert "### Broken: answers-500" not in text
    assert "| answers-500 | kept |" in text
    assert "| exits-at-start | **broken** | – | – |" in text  # noqa: RUF001


def test_it_puts_both_set_ups_side_by_side() -> None:
    text = markdown(evidence())
    assert "|  | 10 drills, bluegreen | 4 of them, bluegreen | the same 4, article |\n" in text
    assert "| drills with every promise kept | 10 of 10 | 4 of 4 | 1 of 4 |\n" in text


def test_its_totals_have_latency_and_times_with_the_drill_of_the_longest() -> None:
    run = evidence()
    text = markdown(Evidence(run.run, tuple(drill for drill in run.drills if drill.variant == "bluegreen")))
    assert "|  | 10 drills, bluegreen |\n" in text
    for when in ("before", "during", "after"):
        assert re.search(rf"\| latency {when}: p50 / p99 / max, ms \| \d\.\d / [\d.]+ / \d+ \|\n", text)
    assert re.search(r"\| time to a verdict: median / longest \| 5\.\d s / 7\.6 s \(hook-crashes\) \|\n", text)
    assert re.search(r"\| time to shift: median / longest \| 1\.\d s / 20 s \(linear\) \|\n", text)
    assert re.search(r"\| time to roll back: median / longest \| 0\.4 s / 0\.\d s \([a-z-]+\) \|\n", text)


def test_it_has_latency_and_times_of_each_drill() -> None:
    run = evidence()
    text = markdown(run)
    assert "| drill | ms before | ms during | ms after | to verdict | to shift | to roll back |\n" in text
    for drill in run.drills:
        assert drill.figures
        during, verdict = words.milliseconds(drill.figures.during), words.seconds(drill.figures.seconds_to_verdict)
        assert re.search(rf"\| {drill.name} \| [^|]+ \| {during} \| [^|]+ \| {verdict} \|", text)


def test_its_tables_are_narrow_and_every_row_has_as_many_cells_as_its_head() -> None:
    lines = markdown(evidence(broken=True)).splitlines()
    tables = [
        {line.count("|") - 1 for line in group}
        for is_table, group in itertools.groupby(lines, lambda line: line.startswith("|"))
        if is_table
    ]
    assert tables == [{4}, {8}, {7}, {8}, {7}]


def test_a_summary_too_long_is_cut_between_its_parts_and_says_so() -> None:
    run = evidence(broken=True)
    whole = markdown(run)
    for limit in range(400, len(whole.encode()), 50):
        cut = markdown(run, limit)
        assert len(cut.encode()) <= limit
        kept, _, rest = cut.partition("\n**Left out: the rest of this summary (")
        assert whole.startswith(kept)
        assert rest.endswith("All of it is in report.html.\n")
        assert kept.count("```") % 2 == 0


def test_what_it_quotes_stays_text() -> None:
    run = evidence()
    hostile = "````\n# not a heading\n<img src=x> @everyone"
    drill = replace(run.drills[0], promises=(Promise("it", False, hostile),), reason=hostile)
    text = markdown(Evidence(run.run, (drill,)))
    assert "`````text\nBROKEN  it: ````\n" in text
    fenced = text.split("`````")[1]
    assert fenced.count("# not a heading") == 2


def test_a_reason_of_many_lines_is_shortened() -> None:
    run = evidence()
    drill = replace(run.drills[0], promises=(Promise("it", False, "no"),), reason="line\n" * (LINES + 5))
    assert "\n... 5 more lines in the report\n" in markdown(Evidence(run.run, (drill,)))
