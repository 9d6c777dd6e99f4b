"""What every test relies on."""

from __future__ import annotations

import signal
from pathlib import Path

import hypothesis
import pytest

TESTS = Path(__file__).parent
WAITING = {
    TESTS / file
    for file in (
        "rehearsal/test_rehearsal.py",
        "loopback/clients/test_terraform.py",
        "terraform_state/test_bootstrap.py",
    )
}


def pytest_configure() -> None:
    """Let Ctrl-C reach the tests and what they start: a shell's background jobs have SIGINT ignored, and pass it on."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # A busy machine makes any example slow: what takes how long is for the benchmarks to say.
    hypothesis.settings.register_profile("untimed", deadline=None)
    hypothesis.settings.load_profile("untimed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what waits longest, Terraform's own waits: other workers run the fast tests beside it."""
    items.sort(key=lambda item: item.path not in WAITING)
