"""docs/plan-review.md knows every option, exit code and rule."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

from bluegreen import cli
from bluegreen.review import guard
from bluegreen.review.errors import ExitCode

PAGE = (Path(__file__).parents[2] / "docs" / "plan-review.md").read_text(encoding="utf-8")


def first_cells(title: str) -> list[str]:
    section = re.split(r"^##+ ", PAGE, flags=re.MULTILINE)
    (text,) = [one for one in section if one.startswith(f"{title}\n")]
    return re.findall(r"^\| `?([\w-]+)", text, flags=re.MULTILINE)


def test_every_option_is_there_and_no_other() -> None:
    options = {name for one in cli.load("review").params for name in one.opts if name.startswith("--")}
    assert set(first_cells("`review`")) - {"option"} == options


def test_every_exit_code_is_there() -> None:
    assert first_cells("Exit codes")[1:] == [str(int(code)) for code in ExitCode]


def test_every_rule_of_the_guard_is_there() -> None:
    files = {inspect.getsourcefile(rule) or "" for rule in guard.RULES}
    rules = {name for file in files for name in re.findall(r'rule="([\w-]+)"', Path(file).read_text(encoding="utf-8"))}
    assert set(first_cells("What the guard objects to")) - {"rule"} == rules
