"""The run of every drill in both set-ups, made once for all tests that look at it."""

from __future__ import annotations

import pytest

from .played import LIMIT, Played, play


@pytest.fixture(scope="session")
def every(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play every drill in ours and in the article's own set-up."""
    return play(tmp_path_factory.mktemp("drills"), "all", places=2, limit=LIMIT, variant="both")
