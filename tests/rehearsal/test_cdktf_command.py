"""The cdktf command itself, with the lines that the docs show, in a folder like the project's, against a loopback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PAGE = PROJECT / "docs/cdktf.md"
LINKED = (".venv", "bluegreen", "cdktf.json", "environments", "main.py", "node_modules", "scripts")
SMALL, WHOLE = "rehearsal-foundation", "rehearsal"
LIMIT = 300
COLOUR = re.compile(r"\x1b\[[\d;]*m")

pytestmark = [pytest.mark.slow, pytest.mark.timeout(5 * LIMIT)]


@dataclass(frozen=True)
class Shell:
    """A shell in which `scripts/environment` was sourced."""

    folder: Path
    environ: dict[str, str]

    def __call__(self, line: str) -> str:
        """Return what a line prints, without its colours; a line that fails fails the test."""
        command = ["bash", "-c", f"source scripts/environment && {line}"]
        done = subprocess.run(
            command, cwd=self.folder, env=self.environ, capture_output=True, text=True, timeout=LIMIT, check=False
        )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        return COLOUR.sub("", done.stdout)


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """A shell whose account is a loopback; no variable of this process helps it."""
    subprocess.run(["make", "cdktf"], cwd=PROJECT, check=True, capture_output=True)
    folder, data = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("loopback")
    for name in LINKED:
        (folder / name).symlink_to(PROJECT / name)
    zip_file = folder / "hook.zip"
    zip_file.touch()
    command = [sys.executable, "-m", "bluegreen.loopback", "--json", "--minute", "2s", "--folder", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as loopback:
        try:
            endpoint = json.loads(loopback.stdout.readline() if loopback.stdout else "{}")["endpoint"]
            given = {
                name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "CDKTF_", "JSII_"))
            }
            environ = {
                **given,
                "AWS_ENDPOINT_URL": endpoint,
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "BLUEGREEN_ENVIRONMENTS": WHOLE,
                "BLUEGREEN_HOOK_ZIP": str(zip_file),
                # No line may need the public registry: what asks it anyway gets no answer.
                "HTTPS_PROXY": "http://127.0.0.1:9",
                "NO_PROXY": "127.0.0.1",
                "CI": "true",
            }
            yield Shell(folder, environ)
        finally:
            loopback.terminate()


def shown() -> list[str]:
    """Return the lines of the page that call cdktf."""
    return re.findall(r"^cdktf .+$", PAGE.read_text(), re.MULTILINE)


def line(verb: str, stack: str) -> str:
    """Return the page's line for a verb, for another stack."""
    (found,) = [line for line in shown() if line.split()[1] == verb]
    return found.replace("sample", stack).split("#")[0]


def test_the_page_shows_every_verb() -> None:
    assert [line.split()[1] for line in shown()] == ["synth", "diff", "deploy", "output", "destroy"]


def test_a_small_stack_is_made_left_alone_and_destroyed_and_the_whole_one_planned(shell: Shell) -> None:
    assert SMALL in shell(line("synth", SMALL))
    assert re.search(r"Plan: [1-9]\d* to add, 0 to change, 0 to destroy", shell(line("diff", SMALL)))
    yes = f"{line('deploy', SMALL)} --auto-approve"
    assert re.search(r"Apply complete! Resources: [1-9]\d* added, 0 changed, 0 destroyed", shell(yes))
    assert re.search(r"No changes|Resources: 0 added, 0 changed, 0 destroyed", shell(yes))
    assert "repository_urls" in shell(line("output", SMALL))
    assert re.search(r"Plan: \d{2,} to add, 0 to change, 0 to destroy", shell(line("diff", WHOLE)))
    assert re.search(r"Resources: [1-9]\d* destroyed", shell(f"{line('destroy', SMALL)} --auto-approve"))
