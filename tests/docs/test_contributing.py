"""The sizes that CONTRIBUTING.md asks for hold: a file under 300 lines, a function's body at most 50."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PAGE = (PROJECT / "CONTRIBUTING.md").read_text()
ROOMS = ("bluegreen", "tests", "service_rust", "hook_rust", "python_bindings", "benches", "scripts", "examples")
CODE = frozenset({".py", ".pyi", ".rs", ".sh", ".html", ".toml", ".yml", ".yaml"})
NOT_WRITTEN = frozenset({"__pycache__", "target", "snapshots", "__snapshots__", ".build"})
"""Folders of what is built, and of what Terraform is expected to say: `make snapshots` writes those."""
FILE, FUNCTION = 300, 50


def sources() -> Iterator[Path]:
    """Yield every file that people write; data (JSON, TSV) and the docs are as long as what they tell."""
    yield from PROJECT.glob("*.py")
    for room in ROOMS:
        for path in sorted((PROJECT / room).rglob("*")):
            inside = path.relative_to(PROJECT).parts
            if (path.suffix in CODE or room == "scripts") and path.is_file() and not NOT_WRITTEN & set(inside):
                yield path


SOURCES = {str(path.relative_to(PROJECT)): path.read_text() for path in sources()}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Count the lines of a body: options and the docstring are as many as there is to say."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def functions(text: str) -> dict[str, int]:
    found = (one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef))
    return {one.name: length(one) for one in found}


def test_the_page_names_the_sizes() -> None:
    assert re.search(rf"file, under {FILE} lines; functions under {FUNCTION}", PAGE)


@pytest.mark.parametrize("room", ["bluegreen/release", "tests/release", "hook_rust/src", "service_rust", "scripts"])
def test_every_room_is_looked_at(room: str) -> None:
    assert [name for name in SOURCES if name.startswith(f"{room}/")]


def test_a_file_is_short() -> None:
    assert {name: text.count("\n") for name, text in SOURCES.items() if text.count("\n") >= FILE} == {}


def test_a_function_is_short() -> None:
    bodies = {name: functions(text) for name, text in SOURCES.items() if name.endswith(".py")}
    assert {
        f"{name}: {function}": lines
        for name, found in bodies.items()
        for function, lines in found.items()
        if lines > FUNCTION
    } == {}
