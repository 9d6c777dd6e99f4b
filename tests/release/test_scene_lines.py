"""What the live view draws fits into any width, whatever AWS says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bluegreen.release import glyphs, scene, scene_lines
from bluegreen.release.scene import Scene
from bluegreen.release.scene_lines import Frame
from tests.release.player import story

SHOWN = [event for event in story() if scene.shows(event)]
SCENES = list(accumulate(SHOWN, scene.after, initial=Scene()))
NOW = datetime.now(UTC)


@given(at=st.sampled_from(SCENES), width=st.integers(1, 200))
def test_every_line_that_is_drawn_by_columns_fits(at: Scene, width: int) -> None:
    drawn = scene_lines.lines(replace(at, remarks={}), Frame(width, NOW, glyphs.UNICODE))
    assert max(line.cell_len for line in drawn) <= width


@given(status=st.text(), name=st.text(), percent=st.floats(-1e9, 1e9), seconds=st.floats(-1e9, 1e9))
def test_whatever_aws_says_is_drawn(status: str, name: str, percent: float, seconds: float) -> None:
    start = NOW - timedelta(seconds=seconds)
    step = scene.Step(name=name, status=status, start=start, seconds=None)
    side = scene.Side(label=name, revision=name, percent=percent)
    odd = Scene(deployment_id=name, status=status, created=start, steps=(step,), sides=(side,), expected=seconds)
    assert scene_lines.lines(odd, Frame(80, NOW, glyphs.ASCII))


def test_an_empty_scene_is_drawn() -> None:
    assert scene_lines.lines(Scene(), Frame(80, NOW, glyphs.ASCII))


def test_a_clock_that_is_behind_shows_no_negative_time() -> None:
    running = scene.Step(name="Install", status="InProgress", start=NOW + timedelta(seconds=30))
    early = Scene(created=NOW + timedelta(seconds=60), steps=(running,))
    drawn = [line.plain for line in scene_lines.lines(early, Frame(80, NOW, glyphs.ASCII))]
    assert not any("-" in line for line in drawn)


@pytest.mark.parametrize(
    ("environ", "encoding", "chosen"),
    [
        ({"LANG": "de_DE.UTF-8"}, "utf-8", glyphs.UNICODE),
        ({"LC_ALL": "en_US.utf8", "LANG": "C"}, "UTF-8", glyphs.UNICODE),
        ({"LANG": "C.UTF-8"}, "utf-8", glyphs.UNICODE),
        ({"LC_CTYPE": "C.UTF-8"}, "utf-8", glyphs.ASCII),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "C"}, "utf-8", glyphs.ASCII),
        ({"LANG": "de_DE.ISO-8859-1"}, "iso-8859-1", glyphs.ASCII),
        ({}, "ascii", glyphs.ASCII),
    ],
)
def test_unicode_is_drawn_where_both_the_locale_and_the_stream_know_it(
    environ: dict[str, str], encoding: str, chosen: glyphs.Glyphs
) -> None:
    assert glyphs.choose(encoding, environ) == chosen
