"""The page in a real browser: on a phone and a desk, by day and by night, and in print.

Where no browser is installed these tests are skipped, and pytest's summary says so.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bluegreen.report.writing import Paths, write
from tests.report import browser
from tests.report.browser import Browser
from tests.report.sample import evidence

SIZES = [390, 820, 1280]


@pytest.fixture(name="paths", scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    return write(evidence(broken=True), tmp_path_factory.mktemp("report"))


@pytest.fixture(name="chromium", scope="module")
def browser_of_this_machine(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    return browser.find(tmp_path_factory.mktemp("browser"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES)
def test_everything_can_be_read(chromium: Browser, paths: Paths, width: int, scheme: str) -> None:
    seen = chromium.measure(paths.html, width=width, scheme=scheme)
    assert (seen["width"], seen["scroll"]) == (width, width)
    assert seen["texts"] > 500
    assert seen["charts"] > 15
    assert {name: seen[name] for name in ("wide", "faint", "small", "collisions", "outside") if seen[name]} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_drawn(chromium: Browser, paths: Paths, tmp_path: Path, scheme: str) -> None:
    data = chromium.picture(paths.html, tmp_path / "it.png", width=1280, height=1600, scheme=scheme)
    assert len(data) > 1280 * 1600 * 3
    assert len(set(data)) > 100, "one colour and nothing on it"


def test_light_and_dark_differ(chromium: Browser, paths: Paths, tmp_path: Path) -> None:
    light, dark = (
        chromium.picture(paths.html, tmp_path / f"{scheme}.png", width=800, height=600, scheme=scheme)
        for scheme in ("light", "dark")
    )
    assert light != dark


# A browser unfolds for print by the style; the script is there for one that does not know that style yet.
UNFOLDED_BY = {
    "style": r"<script>.*?</script>",
    "script": r"details::details-content \{[^}]*\}",
}


@pytest.mark.parametrize("way", UNFOLDED_BY)
def test_print_has_every_drill_unfolded_on_a_page_of_its_own(chromium: Browser, paths: Paths, way: str) -> None:
    text, removed = re.subn(UNFOLDED_BY[way], "", paths.html.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert removed == 1
    page = paths.html.with_name(f"by-{way}.html")
    page.write_text(text, encoding="utf-8")
    pages = len(re.findall(rb"/Type\s*/Page\b", chromium.pdf(page, scheme="light")))
    drills = len(evidence(broken=True).drills)
    assert drills <= pages <= drills + 10
