"""The live view of a deployment on a terminal; when it ends, its last picture stays as plain lines."""

from __future__ import annotations

import os
import signal
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TextIO

from rich.console import Group
from rich.live import Live

from . import glyphs, scene, scene_lines
from .report import console, print_event
from .scene import Scene
from .scene_lines import Frame

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rich.text import Text

    from .event import Event

A_SECOND = 4
BEGINS, ENDS = "watching", ("outcome", "left")


class LiveView:
    """Shows a scene from the event that begins a watch to the one that ends it; other events are lines above it."""

    def __init__(self, stream: TextIO, environ: Mapping[str, str] = os.environ) -> None:
        self._console = console(stream)
        self._glyphs = glyphs.choose(stream.encoding or "ascii", environ)
        self._scene = Scene()
        self._ahead = timedelta()
        self._live: Live | None = None
        self._before: Any = None

    def tell(self, event: Event) -> None:
        """Put the event into the picture, or print it."""
        if event.kind == BEGINS:
            self._ahead = event.at - datetime.now(UTC)
            self._begin()
        if self._live is None or not scene.shows(event):
            print_event(self._console, event)
            return
        self._scene = scene.after(self._scene, event)
        if event.kind in ENDS:
            self.close()
            print_event(self._console, event)

    def close(self) -> None:
        """Take the picture off the terminal and print it as lines."""
        if self._live is None:
            return
        live, self._live = self._live, None
        live.stop()
        self._restore_signal()
        for line in self._lines():
            self._console.print(line, soft_wrap=True)

    def _begin(self) -> None:
        self._scene = Scene()
        self._live = Live(
            console=self._console,
            # Rich draws once more, however low the terminal, when it stops: nothing then, so that no old picture stays.
            get_renderable=lambda: Group(*self._lines()) if self._live else Group(),
            refresh_per_second=A_SECOND,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._live.start()
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGTERM, self._terminated)

    def _lines(self) -> list[Text]:
        width = self._console.size.width - 1  # the last column makes some terminals wrap
        return scene_lines.lines(self._scene, Frame(width, datetime.now(UTC) + self._ahead, self._glyphs))

    def _terminated(self, number: int, _: Any) -> None:
        """Give the cursor back before the process ends as it would have without this view."""
        self.close()
        os.kill(os.getpid(), number)

    def _restore_signal(self) -> None:
        if self._before is not None:
            signal.signal(signal.SIGTERM, self._before)
            self._before = None
