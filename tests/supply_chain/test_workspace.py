"""What every crate of the product keeps to: the lints, the compiler, and no feature that nobody asked for."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[2]
WORKSPACE: dict[str, Any] = tomllib.loads((PROJECT / "Cargo.toml").read_text())["workspace"]
MEMBERS: list[str] = WORKSPACE["members"]
LINTS_OF_ITS_OWN = "hook_rust/fuzz"
"""libFuzzer's macro writes an unsafe function, which no `forbid` lets through."""
FULL_DEFAULTS = {"http-body-util", "pyo3", "serde_json"}
"""Their defaults are what is needed: `std` and macros."""


def manifest(member: str) -> dict[str, Any]:
    return tomllib.loads((PROJECT / member / "Cargo.toml").read_text())


def test_unsafe_code_is_forbidden_and_pedantic_lints_are_errors() -> None:
    assert WORKSPACE["lints"]["rust"]["unsafe_code"] == "forbid"
    assert WORKSPACE["lints"]["clippy"]["pedantic"]["level"] == "deny"


@pytest.mark.parametrize("member", MEMBERS)
def test_every_crate_keeps_to_the_lints_of_the_workspace(member: str) -> None:
    lints = manifest(member)["lints"]
    if member == LINTS_OF_ITS_OWN:
        assert lints["rust"]["unsafe_code"] == "deny"
        assert lints["clippy"]["pedantic"] == WORKSPACE["lints"]["clippy"]["pedantic"]
        assert "#![forbid(unsafe_code)]" in (PROJECT / member / "src/lib.rs").read_text()
        return
    assert lints == {"workspace": True}


@pytest.mark.parametrize("member", MEMBERS)
def test_a_file_that_lets_a_lint_off_says_why_or_is_a_test(member: str) -> None:
    for file in (PROJECT / member).rglob("*.rs"):
        lines = file.read_text().splitlines()
        for number, line in enumerate(lines):
            if "allow(clippy::" in line and "tests" not in file.parts:
                assert "//" in line or lines[number - 1].strip().startswith("//"), f"{file}:{number + 1}"


@pytest.mark.parametrize("member", MEMBERS)
def test_the_oldest_compiler_that_will_do_is_stated_and_is_the_one_that_is_tested(member: str) -> None:
    assert manifest(member)["package"]["rust-version"] == {"workspace": True}
    stated = WORKSPACE["package"]["rust-version"]
    toolchain = tomllib.loads((PROJECT / "rust-toolchain.toml").read_text())["toolchain"]["channel"]
    assert toolchain.startswith(f"{stated}.")
    asked = re.search(r"cargo\) need Rust (\S+)", (PROJECT / "scripts/require").read_text())
    assert asked
    assert asked[1] == stated
    assert f"Rust {stated}" in (PROJECT / "README.md").read_text()


def test_dependencies_come_without_features_that_nobody_asked_for() -> None:
    foreign = {name: entry for name, entry in WORKSPACE["dependencies"].items() if "path" not in entry}
    unasked = {
        name for name, entry in foreign.items() if not isinstance(entry, dict) or entry.get("default-features", True)
    }
    assert unasked == FULL_DEFAULTS
