"""No pinned crate is one that an advisory speaks of, as far as was known when the snapshot was taken."""

from __future__ import annotations

from typing import Any

import pytest

from .advisory import Advisory, known


def test_no_crate_is_one_that_an_advisory_speaks_of(crates: list[dict[str, Any]], rules: dict[str, Any]) -> None:
    ignored = {one["id"] if isinstance(one, dict) else one for one in rules["advisories"].get("ignore", [])}
    pinned = {(crate["name"], crate["version"]) for crate in crates if crate["source"]}
    advisories = [one for one in known() if one.name not in ignored]
    assert len(advisories) > 1000
    concerned = {
        f"{name} {version}: {one.name} ({one.kind})"
        for name, version in pinned
        for one in advisories
        if one.crate == name and one.concerns(version)
    }
    assert concerned == set()


@pytest.mark.parametrize(
    ("safe", "version", "concerned"),
    [
        ((">= 0.3.47", "< 0.3.6"), "0.3.46", True),
        ((">= 0.3.47", "< 0.3.6"), "0.3.47", False),
        ((">= 0.3.47", "< 0.3.6"), "0.3.5", False),
        ((">= 1.8.4, < 1.9.0",), "1.9.0", True),
        ((">= 1.8.4, < 1.9.0",), "1.8.9", False),
        (("^0.3.24",), "0.3.26", False),
        (("^0.3.24",), "0.4.0", True),
        (("1.2.0",), "1.9.0", False),
        (("1.2.0",), "2.0.0", True),
        (("^ 0.3.1",), "0.3.1", False),
        (("=0.2.1",), "0.2.2", True),
        ((">=0.17",), "0.17.0", False),
        ((">= 0.104.0-alpha.6",), "0.104.0-alpha.5", True),
        ((">= 1.0.0",), "1.0.0-rc.1", True),
        ((), "9.9.9", True),
    ],
)
def test_versions_are_compared_as_cargo_does(safe: tuple[str, ...], version: str, concerned: bool) -> None:
    assert Advisory("any", "RUSTSEC-0000-0000", "vulnerable", safe).concerns(version) is concerned
