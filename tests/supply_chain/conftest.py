"""Every crate that Cargo.lock pins, and what deny.toml allows."""

from __future__ import annotations

import json
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2]
TARGETS = ("x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu")


@pytest.fixture(scope="session")
def crates() -> list[dict[str, Any]]:
    """What Cargo knows, offline, of the crates for the platforms that the product runs on."""
    command = ["cargo", "metadata", "--locked", "--offline", "--format-version", "1"]
    platforms = [word for target in TARGETS for word in ("--filter-platform", target)]
    done = subprocess.run([*command, *platforms], cwd=PROJECT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)["packages"]


@pytest.fixture(scope="session")
def rules() -> dict[str, Any]:
    """Return deny.toml."""
    return tomllib.loads((PROJECT / "deny.toml").read_text())
