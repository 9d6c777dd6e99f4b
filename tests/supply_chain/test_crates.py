"""What the product is compiled from, checked without a network. Advisories need one: CI runs cargo-deny for them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from .licence import allowed

Crates = list[dict[str, Any]]
Rules = dict[str, Any]
CRATES_IO = "registry+https://github.com/rust-lang/crates.io-index"


def test_every_crate_may_be_used_under_a_licence_on_the_list(crates: Crates, rules: Rules) -> None:
    licences = rules["licenses"]["allow"]
    foreign = [crate for crate in crates if crate["source"]]
    assert len(foreign) > 50
    refused = {
        crate["name"]: crate["license"] for crate in foreign if not allowed(crate["license"] or "NONE", licences)
    }
    assert refused == {}


def test_every_crate_comes_from_the_registry_of_the_language(crates: Crates) -> None:
    assert {crate["name"]: crate["source"] for crate in crates if crate["source"] not in {None, CRATES_IO}} == {}


def test_no_crate_is_there_twice_unless_the_list_says_so(crates: Crates, rules: Rules) -> None:
    versions = defaultdict(set)
    for crate in crates:
        versions[crate["name"]].add(crate["version"])
    skipped = {entry["crate"].split("@")[0] for entry in rules["bans"]["skip"]}
    assert {name: found for name, found in versions.items() if len(found) > 1 and name not in skipped} == {}


@pytest.mark.parametrize(
    ("expression", "may"),
    [
        ("MIT", True),
        ("GPL-3.0", False),
        ("GPL-3.0 OR MIT", True),
        ("GPL-3.0/MIT", True),
        ("MIT AND GPL-3.0", False),
        ("(GPL-3.0 OR MIT) AND ISC", True),
        ("ISC WITH LLVM-exception", False),
        ("Apache-2.0 WITH LLVM-exception", True),
    ],
)
def test_a_licence_expression_is_read_as_spdx_writes_it(expression: str, may: bool) -> None:
    assert allowed(expression, {"MIT", "ISC", "Apache-2.0 WITH LLVM-exception"}) is may
