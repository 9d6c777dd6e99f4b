"""A headless Chromium that looks at the page, and what it measured there."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=5000",
)
SCHEMES = {"dark": "--blink-settings=preferredColorScheme=0", "light": "--blink-settings=preferredColorScheme=1"}
MEASURE = Path(__file__).with_name("measure.js")
LIMIT = 90.0


@dataclass(frozen=True)
class Browser:
    """Starts the browser for each look, with an empty profile in `folder`."""

    program: str
    folder: Path

    def run(self, page: Path, *options: str) -> str:
        """Open a page and return what the browser printed."""
        profile = f"--user-data-dir={self.folder / 'profile'}"
        words = [self.program, *OPTIONS, profile, *options, page.as_uri()]
        return subprocess.run(words, capture_output=True, text=True, check=True, timeout=LIMIT).stdout

    def picture(self, page: Path, file: Path, *, width: int, height: int, scheme: str) -> bytes:
        """Return the pixels' bytes of a screenshot."""
        self.run(page, f"--screenshot={file}", f"--window-size={width},{height}", SCHEMES[scheme])
        return pixels(file.read_bytes())

    def pdf(self, page: Path, *, scheme: str) -> bytes:
        """Return the page as it is printed."""
        file = self.folder / "printed.pdf"
        self.run(page, f"--print-to-pdf={file}", "--no-pdf-header-footer", SCHEMES[scheme])
        return file.read_bytes()

    def measure(self, page: Path, *, width: int, scheme: str) -> dict[str, Any]:
        """Return what `measure.js` says of a page with everything unfolded, in a frame of that width.

        The frame is as narrow as a phone; a browser's own window is never so narrow.
        """
        text = page.read_text(encoding="utf-8")
        text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
        text = text.replace("</body>", f"<script>{MEASURE.read_text()}</script></body>")
        measured, frame = page.with_name("measured.html"), page.with_name("frame.html")
        measured.write_text(text, encoding="utf-8")
        frame.write_text(
            f'<iframe src="measured.html" style="width:{width}px;height:900px;border:0"></iframe><pre id="said"></pre>'
            '<script>onmessage = (told) => { document.getElementById("said").textContent = btoa(told.data); }</script>'
        )
        said = re.search(
            r'<pre id="said">([^<]+)</pre>',
            self.run(frame, "--dump-dom", f"--window-size={max(width, 600)},1000", SCHEMES[scheme]),
        )
        assert said, "the page told nothing of itself"
        return json.loads(base64.b64decode(said[1]))


def find(folder: Path) -> Browser:
    """Return the browser on PATH, or skip the test and say so."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip(f"NOT LOOKED AT IN A BROWSER: none of {', '.join(NAMES)} is on PATH")
    return Browser(program, folder)


def pixels(png: bytes) -> bytes:
    """Return the inflated data of a PNG file."""
    data, at = b"", 8
    while at < len(png):
        length, kind = int.from_bytes(png[at : at + 4]), png[at + 4 : at + 8]
        data += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return zlib.decompress(data)
