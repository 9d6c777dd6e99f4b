"""The page itself, without a browser: it needs nothing else, is well made, and trusts nothing that it shows."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from bluegreen.report import words
from bluegreen.report.drill import Promise
from bluegreen.report.evidence import Evidence
from bluegreen.report.page import page
from bluegreen.report.sums import sums
from bluegreen.report.timeline import Event, Timeline, Version
from tests.report.sample import evidence

HOSTILE = "</pre><script src=//evil.example></script><img onerror=alert(1)>&\"'{{ 7 * 7 }}"
VOID = {"meta", "br"}


class Elements(HTMLParser):
    """Every element with its attributes; refuses tags that do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.parents: list[str] = []
        self.text: list[str] = []
        self.feed(text)
        self.close()
        assert self.parents == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.parents.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.parents.pop() == tag, f"</{tag}> closes something else at {self.getpos()}"

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


PAGES = {"kept": page(evidence()), "broken": page(evidence(broken=True))}


@pytest.fixture(name="elements", params=PAGES)
def page_of_either_kind(request: pytest.FixtureRequest) -> Elements:
    return Elements(PAGES[request.param])


def test_it_loads_nothing(elements: Elements) -> None:
    assert {name for _, attributes in elements.found for name in attributes} & {
        "src",
        "srcset",
        "data",
        "action",
    } == set()
    assert elements.named("link") == []
    for anchor in elements.named("a"):
        assert anchor["href"].startswith(("#", "logs/"))
    assert "url(" not in re.sub(r"url\(#[a-z-]+\)", "", "".join(elements.text))
    assert "@import" not in "".join(elements.text)


def test_a_policy_forbids_to_load_anything_and_knows_its_one_script(elements: Elements) -> None:
    policy = next(
        one["content"] for one in elements.named("meta") if one.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy.startswith("default-src 'none';")
    (script,) = re.findall(r"<script>(.*?)</script>", PAGES["kept"], flags=re.DOTALL)
    assert f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" in policy


def test_ids_are_unique_and_every_reference_has_its_target(elements: Elements) -> None:
    ids = Counter(attributes["id"] for _, attributes in elements.found if "id" in attributes)
    assert [one for one, times in ids.items() if times > 1] == []
    links = {one["href"][1:] for one in elements.named("a") if one["href"].startswith("#")}
    named = {one for _, attributes in elements.found for one in attributes.get("aria-labelledby", "").split()}
    assert links | named <= ids.keys()
    assert len(links) > 10


def test_tables_say_what_their_heads_belong_to_and_pictures_what_they_show(elements: Elements) -> None:
    assert {head.get("scope") for head in elements.named("th")} == {"col", "colgroup", "row", "rowgroup"}
    assert len(elements.named("caption")) == len(elements.named("table"))
    pictures = [one for one in elements.named("svg") if one.get("aria-hidden") != "true"]
    assert len(pictures) > 20
    assert {one.get("role") for one in pictures} == {"img"}
    assert len(elements.named("title")) == len(elements.named("desc")) + 1 == len(pictures) + 1


def test_every_drill_is_there_with_its_promises_and_its_reason() -> None:
    run = evidence(broken=True)
    text = "".join(Elements(PAGES["broken"]).text)
    for drill in run.drills:
        assert f'id="{drill.variant}-{drill.name}"' in PAGES["broken"]
        assert all(one.text in text and one.seen in text for one in drill.promises)
        assert drill.reason in text


def test_the_headline_speaks_of_our_drills_alone() -> None:
    assert "10 drills: every promise kept" in PAGES["kept"]
    assert "2 of 12 drills broke a promise" in PAGES["broken"]
    article = [drill for drill in evidence().drills if drill.variant == "article"]
    alone = page(Evidence(evidence().run, tuple(article)))
    assert "3 of 4 drills broke a promise" in alone
    assert "With and without bluegreen" not in alone


def test_its_totals_have_latency_and_times_of_both_set_ups() -> None:
    run = evidence()
    cells = [text.strip() for text in Elements(PAGES["kept"]).text if text.strip()]
    for column in sums(run):
        assert column.head in cells
        assert {words.milliseconds(column.totals.before), words.milliseconds(column.totals.during)} <= set(cells)
        assert words.times(column.totals.seconds_to_verdict) in cells
    assert cells[cells.index("time to a verdict: median / longest") + 2] == "hook-crashes"


def test_without_the_other_set_up_its_totals_are_there_once() -> None:
    run = evidence()
    ours = page(Evidence(run.run, tuple(drill for drill in run.drills if drill.variant == "bluegreen")))
    assert ours.count("10 drills, bluegreen") == 1
    assert "article</th>" not in ours


def test_what_broke_is_unfolded_and_the_rest_is_not() -> None:
    assert len(re.findall(r'<details class="drill broken" open>', PAGES["broken"])) == 2
    assert '<details class="drill kept" open>' not in PAGES["broken"]


def test_nothing_that_it_shows_becomes_a_part_of_it() -> None:
    run = evidence()
    drill = run.drills[0]
    assert drill.timeline
    versions = (Version(HOSTILE, "live", drill.timeline.versions[0].answers),)
    timeline = replace(drill.timeline, versions=versions, events=(Event(1, HOSTILE, HOSTILE),))
    promise = Promise(HOSTILE, False, HOSTILE)
    hostile = replace(drill, purpose=HOSTILE, promises=(promise,), reason=HOSTILE, timeline=timeline)
    machine = replace(run.run, machine=HOSTILE)
    elements = Elements(page(Evidence(machine, (hostile,))))
    assert len(elements.named("script")) == 1
    assert elements.named("img") == []
    assert "".join(elements.text).count(HOSTILE) >= 8


def test_a_log_that_is_not_there_is_named_and_not_linked() -> None:
    log = evidence().drills[0].logs[0]
    assert f'<a href="{log}">' in page(evidence())
    without = page(evidence(), missing={log})
    assert f'<a href="{log}">' not in without
    assert f"{log} (not beside this page)" in without


def test_a_run_of_a_day_makes_no_larger_page() -> None:
    def of(steps: int) -> int:
        run = evidence()
        answers = tuple(index * 7 % 23 for index in range(steps))
        timeline = Timeline(0.1, (Version("app:1", "live", answers),), (0,) * steps, (), (), ())
        return len(page(Evidence(run.run, (replace(run.drills[0], timeline=timeline),))))

    assert of(864_000) < 1.2 * of(2_400)


def test_eighty_drills_make_a_page_that_can_be_sent() -> None:
    run = evidence()
    drills = [replace(drill, name=f"{drill.name}-{number}") for number in range(6) for drill in run.drills]
    assert len(drills) > 80
    assert len(page(Evidence(run.run, tuple(drills))).encode()) < 3_000_000
