"""What a shell offers when Tab is pressed: asked as bash and zsh ask, through the scripts that they are given."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).parent / "bluegreen"
SERVICES = """
extends = "sample"
[services.orders]
routes = ["GET /orders"]
[services.prices]
routes = ["GET /prices"]
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with two environments, one of them with two services."""
    (tmp_path / "environments").mkdir()
    (tmp_path / "environments/shop.toml").write_text(SERVICES)
    sample = PROJECT / "environments/sample.toml"
    (tmp_path / "environments/sample.toml").write_text(sample.read_text())
    return tmp_path


def shell(script: str, folder: Path, **variables: str) -> list[str]:
    """Run a script in a real bash that has read what `--show-completion` prints for it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BLUEGREEN_")}
    path = f"{COMMAND.parent}{os.pathsep}{kept['PATH']}"
    show = "source <(_BLUEGREEN_COMPLETE=source_bash bluegreen)\n"
    done = subprocess.run(
        ["bash", "--norc", "-c", show + script],
        cwd=folder,
        env={**kept, "PATH": path, **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def bash(line: str, folder: Path, **variables: str) -> list[str]:
    """Press Tab at the end of a line, as readline does: bash calls the function that it registered for the command."""
    script = f"""
    COMP_WORDS=({line}); [[ {line!r} == *' ' ]] && COMP_WORDS+=('')
    COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
    function=$(complete -p bluegreen); function=${{function##*-F }}; "${{function%% *}}" bluegreen
    printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    return shell(script, folder, **variables)


def zsh(line: str, folder: Path, **variables: str) -> str:
    """Ask as the function for zsh asks: by the line, in a variable."""
    asked = {"_BLUEGREEN_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
    done = subprocess.run(
        [COMMAND], cwd=folder, env={**os.environ, **asked, **variables}, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_a_verb_is_completed(project: Path) -> None:
    assert bash("bluegreen roll", project) == ["rollback"]
    assert '"rollback"' in zsh("bluegreen roll", project)


def test_the_options_of_a_verb_are_completed(project: Path) -> None:
    assert "--environment" in bash("bluegreen deploy --e", project)
    assert '"--environment"' in zsh("bluegreen deploy --e", project)


def test_environments_are_those_of_the_folder(project: Path) -> None:
    assert bash("bluegreen deploy --environment ", project) == ["sample", "shop"]
    assert bash("bluegreen status -e sh", project) == ["shop"]
    assert '"shop"' in zsh("bluegreen deploy --environment ", project)


@pytest.mark.parametrize("line", ["bluegreen deploy --environment shop --service ", "bluegreen status -e shop -s "])
def test_services_are_those_of_the_environment_that_was_named(project: Path, line: str) -> None:
    assert bash(line, project) == ["orders", "prices"]
    assert '"orders"' in zsh(line, project)


def test_services_are_those_of_the_environment_that_the_variable_names(project: Path) -> None:
    assert bash("bluegreen deploy --service p", project, BLUEGREEN_ENVIRONMENT="shop") == ["prices"]


@pytest.mark.parametrize("named", ["", "--environment nowhere", "--environment sample", "--environment broken"])
def test_where_services_are_not_known_nothing_is_offered_and_nothing_is_said(project: Path, named: str) -> None:
    (project / "environments/broken.toml").write_text("no TOML")
    assert bash(f"bluegreen deploy {named} --service ", project) == []


def test_completing_a_value_needs_no_aws_client(project: Path) -> None:
    code = "import sys, bluegreen.cli as cli\ntry: cli.main()\nfinally: print(*sys.modules, file=sys.stderr)"
    asked = {"_BLUEGREEN_COMPLETE": "complete_bash", "COMP_CWORD": "3", "COMP_WORDS": "bluegreen deploy -e sh"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env={**os.environ, **asked},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["shop"]
    assert not {"boto3", "botocore"} & set(done.stderr.split())


@pytest.mark.parametrize("name", ["bash", "zsh"])
def test_the_script_to_install_is_shown(name: str, project: Path) -> None:
    asked = {"_BLUEGREEN_COMPLETE": f"source_{name}"}
    shown = subprocess.run(
        [COMMAND], cwd=project, env={**os.environ, **asked}, capture_output=True, text=True, check=True
    )
    assert "bluegreen" in shown.stdout
    assert "_BLUEGREEN_COMPLETE" in shown.stdout
