"""Under which licences the Node.js packages are that the lock file pins, as it tells of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

LOCK = json.loads((Path(__file__).parents[2] / "package-lock.json").read_text())
PACKAGES = {path: entry for path, entry in LOCK["packages"].items() if path}
PERMISSIVE = {
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BlueOak-1.0.0", "CC0-1.0", "ISC", "MIT"),
    *("Public Domain", "Unlicense"),
}
COPYLEFT_BY_FILE = ("@cdktf/", "cdktf", "cdktf-cli")
"""CDKTF's own packages are MPL-2.0: used as they are, and nobody is given them by us."""


def is_permissive(licence: str) -> bool:
    """Return whether one of the licences that a package may be used under is permissive."""
    return any(one in PERMISSIVE for one in licence.strip("()").split(" OR "))


def test_every_pinned_package_is_permissive_or_cdktf_s_own() -> None:
    assert len(PACKAGES) > 100
    other = {path: entry.get("license", "none") for path, entry in PACKAGES.items()}
    other = {path: licence for path, licence in other.items() if not is_permissive(licence)}
    assert {path for path in other if not path.rpartition("node_modules/")[2].startswith(COPYLEFT_BY_FILE)} == set()
    assert set(other.values()) == {"MPL-2.0"}


@pytest.mark.parametrize("licence", ["GPL-3.0-or-later", "(GPL-2.0-only OR AGPL-3.0-only)", "MIT AND GPL-3.0-only", ""])
def test_other_words_are_not_permissive(licence: str) -> None:
    assert not is_permissive(licence)
