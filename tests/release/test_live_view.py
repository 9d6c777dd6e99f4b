"""The live view on a real pseudo-terminal: what a person sees, at which size, with which characters."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.release.player import ID, NEW, OLD, story
from tests.release.terminal import Terminal

PLAY = [sys.executable, "-m", "tests.release.player"]
ALL = len(story())
WATCHED = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "en_US.UTF-8"}
HIDE, SHOW = b"\x1b[?25l", b"\x1b[?25h"
Play = Callable[..., Terminal]


@pytest.fixture
def play() -> Iterator[Play]:
    """Begin the story on a terminal; each Enter plays one event."""
    with ExitStack() as open_ones:

        def begin(columns: int = 100, rows: int = 40, **environ: str) -> Terminal:
            terminal = Terminal(PLAY, {**WATCHED, **environ}, columns, rows)
            return open_ones.enter_context(terminal)

        yield begin


def shows(*words: str) -> Callable[[Terminal], bool]:
    return lambda terminal: all(any(word in line for line in terminal.lines) for word in words)


def row(terminal: Terminal, word: str) -> str:
    return next(line for line in terminal.lines if word in line)


def test_weights_tasks_alarms_events_and_time_are_on_one_screen(play: Play) -> None:
    terminal = play()
    terminal.type("\n" * 8)
    terminal.until(shows("Install", "alarms", "traffic", "of about 2 min 30 s"))
    assert f"{OLD} sample-blue" in row(terminal, "traffic")
    assert "█" * 30 + " 100 %" in row(terminal, "traffic")
    assert "1 of 2 running, 1 pending" in row(terminal, f"pending {NEW}")
    assert "errors ALARM, 1 OK" in row(terminal, "alarms")
    assert "✔ BeforeInstall" in row(terminal, "BeforeInstall")
    assert "▶ Install" in row(terminal, "▶")
    assert row(terminal, "AllowTestTraffic").startswith("·")


def test_durations_count_on_without_any_event(play: Play) -> None:
    terminal = play()
    terminal.type("\n" * 8)
    terminal.until(shows("▶ Install", "2 s  InProgress"))
    terminal.until(shows("▶ Install", "4 s  InProgress"))


def test_the_hooks_routes_stand_below_the_events(play: Play) -> None:
    terminal = play()
    terminal.type("\n" * 12)
    terminal.until(shows("hook verdict", "GET /one: status 200"))
    assert terminal.lines.index(row(terminal, "AllowTraffic")) < terminal.lines.index(row(terminal, "hook verdict"))


def test_an_event_without_a_place_is_a_line_above(play: Play) -> None:
    terminal = play()
    terminal.type("\n" * 11)
    terminal.until(shows("note: something beside", "connection back"))
    beside, head = row(terminal, "something beside"), row(terminal, f"{ID}  InProgress")
    assert terminal.lines.index(beside) < terminal.lines.index(head)


def test_a_wait_says_how_to_go_on_and_goes_when_it_is_over(play: Play) -> None:
    terminal = play()
    terminal.type("\n" * 14)
    terminal.until(shows("`bluegreen continue` goes on"))
    terminal.type("\n" * 2)
    terminal.until(shows("✔ Install"))
    assert not shows("`bluegreen continue` goes on")(terminal)


def test_the_last_picture_stays_as_lines_and_the_cursor_comes_back(play: Play) -> None:
    terminal = play()
    terminal.type("\n" * ALL)
    assert terminal.ended() == 0
    picture = terminal.everything
    first, last = row(terminal, "something beside"), row(terminal, f"{NEW}: Succeeded after")
    assert "" not in picture[picture.index(first) : picture.index(last)]
    assert sum(f"{ID}  Succeeded" in line for line in picture) == 1
    assert sum("hook verdict" in line for line in picture) == 1
    assert any("? SomethingNew" in line for line in picture)
    assert not any("AllowTraffic" in line for line in picture), "what never began is not shown"
    assert [line for line in picture if line][-1].endswith(f"{NEW}: Succeeded after 90 s ({ID})")
    assert terminal.raw.rindex(SHOW) > terminal.raw.rindex(HIDE)


@pytest.mark.parametrize("columns", [40, 20])
def test_a_narrow_terminal_cuts_what_does_not_fit(play: Play, columns: int) -> None:
    terminal = play(columns=columns, rows=50)
    terminal.type("\n" * 9)
    terminal.until(shows("▶ Install", "lost"))
    assert row(terminal, "▶ Install").startswith("▶ Install")
    assert next(line for line in terminal.lines if line.startswith(("✔", "·"))).startswith("✔ BeforeInstall")
    terminal.type("\n" * (ALL - 9))
    assert terminal.ended() == 0
    assert any(line.startswith("✔ Install") for line in terminal.everything)


def test_a_low_terminal_shows_the_top_and_ends_with_everything(play: Play) -> None:
    terminal = play(rows=10)
    terminal.type("\n" * 9)
    terminal.until(shows(f"{ID}  InProgress", "traffic"))
    terminal.type("\n" * (ALL - 9))
    assert terminal.ended() == 0
    assert sum(f"{ID}  Succeeded" in line for line in terminal.everything) == 1
    assert any("SomethingNew" in line for line in terminal.everything)


def test_a_resize_is_followed(play: Play) -> None:
    terminal = play()
    terminal.type("\n" * 8)
    terminal.until(shows("█" * 30))
    terminal.resize(50, 40)
    terminal.until(lambda now: "█" * 30 not in row(now, "100 %") if shows("100 %")(now) else False)
    terminal.type("\n" * (ALL - 8))
    assert terminal.ended() == 0
    assert any(f"{ID}  Succeeded" in line for line in terminal.everything)


@pytest.mark.parametrize("environ", [{"LANG": "C"}, {"LANG": "C", "LC_ALL": "C"}, {"LANG": ""}])
def test_a_terminal_without_unicode_gets_ascii(play: Play, environ: dict[str, str]) -> None:
    terminal = play(**environ)
    terminal.type("\n" * ALL)
    assert terminal.ended() == 0
    assert terminal.raw.isascii()
    assert any(line.startswith("+ Install") for line in terminal.everything)


def test_no_color_leaves_the_colours_out(play: Play) -> None:
    terminal = play(NO_COLOR="1")
    terminal.type("\n" * ALL)
    assert terminal.ended() == 0
    columns = range(terminal.columns)
    rows = [terminal.screen.buffer[y] for y in range(terminal.rows)]
    assert {line[x].fg for line in rows for x in columns} == {"default"}


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"TERM": "xterm", "CI": "true"}])
def test_a_dumb_terminal_and_ci_get_one_line_an_event(play: Play, environ: dict[str, str]) -> None:
    terminal = play(**environ, NO_COLOR="1")
    terminal.type("\n" * ALL)
    assert terminal.ended() == 0
    assert b"\x1b[?25l" not in terminal.raw
    assert b"\x1b[1A" not in terminal.raw
    assert any("Install InProgress" in line for line in terminal.everything)


def test_a_pipe_gets_no_control_codes() -> None:
    done = subprocess.run(PLAY, input="\n" * ALL, env=WATCHED, capture_output=True, text=True, timeout=60, check=True)
    assert "\x1b" not in done.stdout
    assert "Install InProgress" in done.stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_process_that_is_ended_gives_the_cursor_back(play: Play, number: signal.Signals) -> None:
    terminal = play()
    terminal.type("\n" * 8)
    terminal.until(shows("▶ Install"))
    terminal.process.send_signal(number)
    assert terminal.ended() != 0
    assert terminal.raw.rindex(SHOW) > terminal.raw.rindex(HIDE)
