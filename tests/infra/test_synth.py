"""`python main.py`: what it selects, and the one line in which it refuses."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bluegreen.infra import hook_archive
from bluegreen.infra.hook_archive import OVERRIDE, HookArchiveError
from bluegreen.infra.synth import SELECTION, selection, synthesize
from bluegreen.settings import SettingsError

ROOT = Path(__file__).parents[2]


def _main(tmp_path: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    given = {**os.environ, "CDKTF_OUTDIR": str(tmp_path / "out"), **environ}
    command = [sys.executable, "main.py"]
    return subprocess.run(command, cwd=ROOT, env=given, text=True, capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "environments"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.toml").write_text("")
    return folder


def test_one_environment_is_written_with_its_foundation(tmp_path: Path, hook_zip: Path) -> None:
    done = _main(tmp_path, **{SELECTION: "rehearsal", OVERRIDE: str(hook_zip)})
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.name for path in (tmp_path / "out/stacks").iterdir()) == ["rehearsal", "rehearsal-foundation"]


def test_all_environments_are_selected_unless_some_are_named(folder: Path) -> None:
    assert list(selection({}, folder)) == ["one", "two"]
    assert list(selection({SELECTION: " two, two"}, folder)) == ["two"]


def test_no_environments_at_all_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="no environments"):
        selection({}, tmp_path)


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({SELECTION: "nowhere"}, "environments/nowhere.toml: no such environment"),
        (
            {SELECTION: "rehearsal", OVERRIDE: "missing.zip"},
            "BLUEGREEN_HOOK_ZIP=missing.zip: no such file.",
        ),
        ({SELECTION: "rehearsal", OVERRIDE: "main.py", "JSII_NODE": "no-node"}, "no-node: not found. Synthesis needs"),
    ],
)
def test_a_refusal_is_one_line(tmp_path: Path, environ: dict[str, str], words: str) -> None:
    done = _main(tmp_path, **environ)
    assert done.returncode == 1
    assert done.stderr.startswith(words)
    assert done.stderr.count("\n") == 1


def test_a_hook_not_built_is_told_and_no_plan_passes_without_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "one.toml").write_text('architecture = "ARM64"\n')
    monkeypatch.setattr(hook_archive, "FOLDER", tmp_path / "none")
    out = synthesize({}, folder, tmp_path / "out")
    assert "one: Terraform will refuse to plan this stack until `make hook ARCH=arm64`" in capsys.readouterr().err
    (function,) = json.loads((out / "stacks/one/cdk.tf.json").read_text())["resource"]["aws_lambda_function"].values()
    assert function["source_code_hash"] == '${filebase64sha256("the-hook-is-not-built/make-hook-ARCH-arm64")}'


def test_a_named_hook_that_is_missing_is_refused_before_anything_is_written(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(HookArchiveError, match="make hook ARCH=arm64"):
        synthesize({OVERRIDE: str(tmp_path / "none.zip")}, folder, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_check_that_the_hook_would_refuse_is_refused_here(folder: Path) -> None:
    (folder / "one.toml").write_text('[[checks]]\npath = "one"\n')
    with pytest.raises(SettingsError, match=r"one\.toml: checks: .*path"):
        synthesize({}, folder)


def test_no_environment_takes_the_task_definition_family_of_another_file_selected_or_not(folder: Path) -> None:
    for name in ("one", "two"):
        (folder / f"{name}.toml").write_text('family = "api"\n')
    with pytest.raises(SettingsError) as refusal:
        synthesize({SELECTION: "two"}, folder)
    found, other = f"{folder}/two.toml: family: found 'api'", f"{folder}/one.toml"
    assert str(refusal.value).startswith(f"{found}, allowed: one that is not also the family of {other}")
    assert "\n" not in str(refusal.value)


def test_a_copy_of_the_sample_is_refused_until_its_family_is_taken_out(folder: Path) -> None:
    text = (ROOT / "environments/sample.toml").read_text()
    for name in ("mine", "sample"):
        (folder / f"{name}.toml").write_text(text)
    with pytest.raises(SettingsError, match=r"sample\.toml: family: .*mine\.toml"):
        synthesize({SELECTION: "mine"}, folder)


def test_a_rehearsal_may_have_a_real_environment_s_family(folder: Path, hook_zip: Path, tmp_path: Path) -> None:
    (folder / "one.toml").write_text('family = "api"\n')
    (folder / "two.toml").write_text('family = "api"\nrehearsal = true\n')
    assert synthesize({OVERRIDE: str(hook_zip)}, folder, tmp_path / "out").is_dir()


def test_a_rehearsal_s_hook_may_ask_production_beside_real_environments(
    folder: Path, hook_zip: Path, tmp_path: Path
) -> None:
    (folder / "two.toml").write_text('rehearsal = true\n[hook]\nlistener = "production"\n')
    out = synthesize({OVERRIDE: str(hook_zip)}, folder, tmp_path / "out")
    urls = {}
    for name in ("one", "two"):
        stack = json.loads((out / "stacks" / name / "cdk.tf.json").read_text())["resource"]
        (function,) = stack["aws_lambda_function"].values()
        (rule,) = [rule for id_, rule in stack["aws_vpc_security_group_ingress_rule"].items() if "_test" in id_]
        urls[name] = function["environment"]["variables"]["ALB_URL"].rpartition(":")[2], rule["from_port"]
    assert urls == {"one": ("8080", 8080), "two": ("80", 80)}


def test_the_foundation_is_in_one_region(folder: Path, hook_zip: Path, tmp_path: Path) -> None:
    (folder / "two.toml").write_text('region = "eu-west-1"\n')
    with pytest.raises(SettingsError, match=r"two\.toml: region: found 'eu-west-1', allowed: us-east-1"):
        synthesize({OVERRIDE: str(hook_zip)}, folder, tmp_path / "out")
