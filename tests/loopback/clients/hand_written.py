"""Terraform on the configuration beside this file, as a user runs it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bluegreen.rehearsal.terraform import Messages

CONFIGURATION = Path(__file__).with_name("service.tf")
OWNED_BY_RELEASES = re.compile(r"\n  lifecycle \{\n.*# owned by releases\n  \}\n")
PLAN = "saved.tfplan"


@dataclass(frozen=True)
class Result:
    """What a command said: `planned` are lines like `update aws_lb.this`, `errors` is empty where none was told."""

    code: int
    planned: list[str]
    summary: Mapping[str, int]
    errors: str


class HandWritten:
    """A folder with the configuration and its state."""

    def __init__(self, folder: Path, environ: Mapping[str, str]) -> None:
        self._folder, self._environ = folder, environ

    def start(self) -> HandWritten:
        """Write the configuration and install the provider."""
        self._folder.mkdir()
        shutil.copy(CONFIGURATION, self._folder)
        self._read("init", "-input=false")
        return self

    def careless(self, folder: Path) -> HandWritten:
        """Return a copy that has the same state and leaves nothing to releases."""
        shutil.copytree(self._folder, folder, symlinks=True)
        text, taken = OWNED_BY_RELEASES.subn("", CONFIGURATION.read_text())
        assert taken == CONFIGURATION.read_text().count("ignore_changes")
        (folder / CONFIGURATION.name).write_text(text)
        return HandWritten(folder, self._environ)

    def plan(self, **variables: Any) -> Result:
        """Plan and keep the plan; code 0 is a clean plan and 2 one with changes."""
        chosen = [f"-var={name}={json.dumps(value)}" for name, value in variables.items()]
        return self._run("plan", "-detailed-exitcode", f"-out={PLAN}", *chosen)

    def apply(self) -> Result:
        """Apply the kept plan."""
        return self._run("apply", PLAN)

    def create(self) -> Result:
        """Apply without a plan to look at; what fails here ends the history, for nothing could follow."""
        created = self._run("apply", "-auto-approve")
        assert not created.errors, created.errors
        return created

    def destroy(self) -> Result:
        return self._run("destroy", "-auto-approve")

    def changed(self, address: str) -> dict[str, Any]:
        """Return what the kept plan gives the resource's attributes that it changes."""
        plan = json.loads(self._read("show", "-json", PLAN))
        (change,) = (one["change"] for one in plan["resource_changes"] if one["address"] == address)
        return {name: value for name, value in change["after"].items() if value != change["before"][name]}

    def outputs(self) -> dict[str, Any]:
        found = json.loads(self._read("output", "-json"))
        return {name: output["value"] for name, output in found.items()}

    def _run(self, command: str, *arguments: str) -> Result:
        messages = Messages(lambda _progress: None)
        said = self._call(command, "-json", "-input=false", *arguments)
        for line in said.stdout.splitlines():
            messages(line)
        failed = said.returncode == 1
        return Result(said.returncode, messages.planned, messages.summary, messages.errors if failed else "")

    def _read(self, *words: str) -> str:
        said = self._call(*words)
        assert said.returncode == 0, said.stdout + said.stderr
        return said.stdout

    def _call(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = ["terraform", f"-chdir={self._folder}", *words]
        return subprocess.run(command, env={**self._environ}, text=True, capture_output=True, check=False)
