"""Each behaviour that docs/fidelity.md promises names a test that there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeGuard

import pytest

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs" / "fidelity.md"
TESTS = PROJECT / "tests" / "loopback"
TAGS = {"DOC", "MEAS", "MSG", "CLI", "INF", "UNV"}
REFERENCE = re.compile(r"`([\w/]+\.py)::(\w+)`( \(slow\))?")
TAG = re.compile(r"\[([A-Z]+)[^\]]*\]")
PROMISES = {"behaviour", "choice"}
BEHAVIOURS, OPEN_POINTS = 22, 13


@dataclass(frozen=True)
class Row:
    """A row of a table by the names of its columns, and the line it stands on."""

    line: int
    cells: dict[str, str]

    @property
    def tests(self) -> list[tuple[str, str, bool]]:
        """The file and the name of each test that it names, and whether it calls it slow."""
        return [(file, name, bool(slow)) for file, name, slow in REFERENCE.findall(self.cells["test"])]


def rows(text: str) -> Iterator[Row]:
    """Yield the rows of every table of the page."""
    columns: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            columns = []
        elif not columns:
            columns = cells
        elif set(line) - set("|-"):
            yield Row(number, dict(zip(columns, cells, strict=True)))


@cache
def slowness_in(file: str) -> dict[str, bool]:
    """Return the names of the tests of a file, in classes too, and whether each is slow; none if it is not there."""
    path = TESTS / file
    if not path.is_file():
        return {}
    tree = ast.parse(path.read_text(encoding="utf-8"))
    slow = any(_is_slow(node.value) for node in tree.body if _is_mark(node))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    tests = [one for one in functions if one.name.startswith("test_")]
    return {one.name: slow or any(map(_is_slow, one.decorator_list)) for one in tests}


def _is_mark(node: ast.stmt) -> TypeGuard[ast.Assign]:
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark"


def _is_slow(marks: ast.expr) -> bool:
    return "pytest.mark.slow" in ast.unparse(marks)


def faults(text: str) -> list[str]:
    """Return what is wrong with the tables of a page, in words."""
    found = list(rows(text))
    return [*_without_test(found), *_without_source(found), *_missing(found)]


def _without_test(found: list[Row]) -> Iterator[str]:
    for row in found:
        if "test" not in row.cells:
            if PROMISES & set(row.cells):
                yield f"line {row.line} is in a table without tests"
            continue
        if not row.tests:
            yield f"line {row.line} names no test"
        if REFERENCE.sub("", row.cells["test"]).strip():
            yield f"line {row.line} has something beside its tests"
        for file, name, slow in row.tests:
            if name not in slowness_in(file):
                yield f"line {row.line}: there is no {file}::{name}"
            elif slow is not slowness_in(file)[name]:
                yield f"line {row.line}: {file}::{name} is {'not ' * slow}slow"


def _without_source(found: list[Row]) -> Iterator[str]:
    for row in found:
        if "source" not in row.cells or "test" not in row.cells:
            continue
        tags = TAG.findall(row.cells["source"])
        if not tags or set(tags) - TAGS:
            yield f"line {row.line} has no tag of its evidence, or an unknown one"


def _missing(found: list[Row]) -> Iterator[str]:
    behaviours = {row.cells["number"]: row for row in found if "number" in row.cells}
    for number in range(1, BEHAVIOURS + 1):
        row = behaviours.get(str(number))
        if not row or not any(name.startswith(f"test_12_{number:02}_") for _, name, _ in row.tests):
            yield f"behaviour {number} of §12 has no row with a test of its number"
    points = {row.cells["point"] for row in found if "point" in row.cells}
    for number in range(1, OPEN_POINTS + 1):
        if str(number) not in points:
            yield f"point {number} of §13 has no row"


def test_every_row_names_a_test_and_its_evidence() -> None:
    assert faults(PAGE.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("number", range(1, BEHAVIOURS + 1))
def test_each_behaviour_has_its_named_tests_and_all_are_in_the_table(number: int) -> None:
    named = {name for row in rows(PAGE.read_text(encoding="utf-8")) if "test" in row.cells for _, name, _ in row.tests}
    files = [str(path.relative_to(TESTS)) for path in TESTS.rglob("test_*.py")]
    written = {name for file in files for name in slowness_in(file) if name.startswith(f"test_12_{number:02}_")}
    assert written
    assert written <= named


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("test_12_01_eight", "test_12_01_nine", "there is no codedeploy/behaviours/test_sequence.py::test_12_01_nine"),
        ("codedeploy/test_appspec.py::test_yaml", "codedeploy/test_gone.py::test_yaml", "there is no codedeploy/test_"),
        ("`codedeploy/test_appspec.py::test_yaml`", "", "names no test"),
        (
            "`codedeploy/test_appspec.py::test_yaml`",
            "`codedeploy/test_appspec.py::test_yaml` (slow)",
            "yaml is not slow",
        ),
        ("random_moments` (slow)", "random_moments`", "random_moments is slow"),
        ("`codedeploy/test_appspec.py::test_yaml`", "soon", "has something beside its tests"),
        ("| question | choice | test |", "| question | choice | hope |", "is in a table without tests"),
        ("[CLI] |", "|", "has no tag of its evidence"),
        ("| 22 | a test listener", "| 23 | a test listener", "behaviour 22 of §12 has no row"),
        ("| 7 | the status Baking", "| 17 | the status Baking", "point 7 of §13 has no row"),
    ],
)
def test_a_page_with_a_fault_is_refused(before: str, after: str, fault: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert before in text
    assert any(fault in one for one in faults(text.replace(before, after)))
