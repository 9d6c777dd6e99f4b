"""docs/settings.md says what the settings are."""

from __future__ import annotations

from pathlib import Path

import pytest

from bluegreen.settings.__main__ import main
from bluegreen.settings.reference import markdown

REFERENCE = Path(__file__).parents[2] / "docs/settings.md"


def test_the_reference_is_what_the_settings_say() -> None:
    assert REFERENCE.read_text(encoding="utf-8") == markdown(), "python -m bluegreen.settings.reference prints it"


def test_a_script_can_ask_for_one_setting(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(REFERENCE.parents[1])
    assert main(["sample", "lambda_architecture"]) == 0
    assert main(["sample", "network.cidr"]) == 0
    assert capsys.readouterr().out == "arm64\n10.0.0.0/16\n"


def test_a_script_that_asks_for_no_setting_gets_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(REFERENCE.parents[1])
    assert main(["sample", "color"]) == 1
    assert capsys.readouterr().err == "color: no such setting; docs/settings.md lists them\n"
