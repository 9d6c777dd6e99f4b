"""Findings together: the worst of several, what is told, and that docs/releases.md knows every check."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest

from bluegreen.release.doctor import telling
from bluegreen.release.doctor.examination import CHECKS
from bluegreen.release.doctor.finding import Level, doubtful, of_level, sound, worst, wrong
from bluegreen.release.doctor.once import Once

PAGE = (Path(__file__).parents[3] / "docs" / "releases.md").read_text()
FINDINGS = {"image": sound("there"), "service": doubtful("scales", "wait"), "alarms": wrong("red", "look")}


def test_the_page_has_a_row_for_each_check_in_the_order_in_which_they_are_told() -> None:
    section = PAGE.split("\n## `verify`\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| [^|]+ \|$", section.split("| check |")[1], flags=re.MULTILINE)
    assert rows == list(CHECKS)


def test_the_worst_of_several_findings_counts() -> None:
    assert worst(FINDINGS.values()).level is Level.ERROR
    assert worst([FINDINGS["image"]]).level is Level.OK
    assert list(of_level(FINDINGS, Level.WARNING)) == ["service"]


def test_an_event_has_the_finding_and_its_remedy() -> None:
    event = telling.as_event("alarms", FINDINGS["alarms"])
    assert event.fields == {"check": "alarms", "level": "error", "found": "red", "remedy": "look"}
    assert event.text == "error    alarms              red\n-> look"
    assert telling.as_event("image", FINDINGS["image"]).text == "ok       image               there"


@pytest.mark.parametrize(
    ("checks", "words"),
    [
        (("image", "service"), "nothing hinders a release; 1 of 2 checks warn"),
        (("image", "service", "alarms"), "a release would fail: 1 of 3 checks; 1 of 3 checks warn"),
    ],
)
def test_the_last_event_counts(checks: tuple[str, ...], words: str) -> None:
    assert telling.verdict({name: FINDINGS[name] for name in checks}).text == words


def test_a_call_that_several_checks_need_is_made_once_whoever_asks() -> None:
    made: list[int] = []
    once = Once(lambda: made.append(1) or len(made))
    threads = [threading.Thread(target=once) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert (once(), made) == (1, [1])


def test_a_call_that_is_refused_is_refused_for_everybody_and_not_repeated() -> None:
    made: list[int] = []

    def refuse() -> None:
        made.append(1)
        raise ValueError("denied")

    once = Once(refuse)
    for _ in range(2):
        with pytest.raises(ValueError, match="denied"):
            once()
    assert made == [1]
