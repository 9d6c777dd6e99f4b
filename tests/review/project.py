"""A folder like the project's, with states and synthesized stacks of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bluegreen.infra import hook_archive
from tests.loopback.clients import environment

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Project:
    """The folder, and the variables of every command in it: a loopback as AWS, and a hook that is built."""

    folder: Path
    environ: Mapping[str, str]

    @classmethod
    def make(cls, folder: Path, endpoint: str) -> Project:
        for name in (".venv", "main.py", "Makefile"):
            (folder / name).symlink_to(ROOT / name)
        shutil.copytree(ROOT / "environments", folder / "environments")
        binary, archive = folder / "bootstrap", folder / "bootstrap.zip"
        binary.write_bytes(b"a program")
        hook_archive.write(binary, archive)
        return cls(folder, {**environment.of(endpoint, folder), hook_archive.OVERRIDE: str(archive)})

    def plan(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run scripts/plan."""
        return self.run(str(ROOT / "scripts/plan"), *words, **more)

    def terraform(self, stack: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Terraform on a stack that was planned."""
        return self.run("terraform", f"-chdir={self.folder}/cdktf.out/stacks/{stack}", *words)

    def apply(self, stack: str) -> None:
        """Apply the plan that scripts/plan left."""
        done = self.terraform(stack, "apply", "-input=false", "-no-color", str(self.left(stack) / "plan"))
        assert done.returncode == 0, done.stdout + done.stderr

    def left(self, stack: str) -> Path:
        """Return the folder in which scripts/plan leaves a stack's plan."""
        return self.folder / ".build/plan" / stack

    def run(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        environ = {"PATH": os.environ["PATH"], **self.environ, **more}
        return subprocess.run(command, cwd=self.folder, env=environ, capture_output=True, text=True, check=False)
