"""What every test relies on."""

from __future__ import annotations

import signal


def pytest_configure() -> None:
    """Let Ctrl-C reach the tests and what they start: a shell's background jobs have SIGINT ignored, and pass it on."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
