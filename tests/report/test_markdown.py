"""The summary of a CI job: what matters first, within GitHub's limit, and what it quotes is not read as Markdown."""

from __future__ import annotations

from dataclasses import replace

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
    assert "| drills with every promise kept | 4 of 4 | 1 of 4 |" in markdown(evidence())


def test_every_row_has_as_many_cells_as_its_head() -> None:
    rows = [line for line in markdown(evidence(broken=True)).splitlines() if line.startswith("|")]
    assert {row.count("|") for row in rows} == {4, 9}


def test_a_summary_too_long_is_cut_between_its_parts_and_says_so() -> None:
    whole = markdown(evidence(broken=True))
    for limit in range(400, len(whole.encode()), 50):
        cut = markdown(evidence(broken=True), limit)
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
