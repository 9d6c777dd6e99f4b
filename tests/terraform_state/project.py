"""A project's folder of its own, with settings of its own, whose commands run against an account on the loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BUCKET = "acme-terraform-state"
SECONDS = 120.0


@dataclass(frozen=True, kw_only=True)
class Project:
    """`environ` leads the commands to the account."""

    folder: Path
    environ: Mapping[str, str]
    more: dict[str, str] = field(default_factory=dict)

    def create(self, *, foundation: str = "", environments: Mapping[str, str] | None = None) -> Project:
        """Write the settings; `foundation` is added to what names the bucket."""
        (self.folder / "environments").mkdir(parents=True)
        # Where versions are forgotten, the provider waits a minute for S3 to agree with itself
        text = f'state_bucket = "{BUCKET}"\nstate_days = 0\n{foundation}'
        (self.folder / "environments/foundation.toml").write_text(text)
        for name, settings in (environments or {"sample": ""}).items():
            (self.folder / f"environments/{name}.toml").write_text(settings)
        (self.folder / "main.py").symlink_to(ROOT / "main.py")
        return self

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a verb of `python -m bluegreen.terraform_state`, in a process group of its own."""
        command = [sys.executable, "-m", "bluegreen.terraform_state", *arguments]
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env={**self.environ, **self.more},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a verb to its end."""
        child = self.start(*arguments)
        out, error = child.communicate(timeout=SECONDS)
        return subprocess.CompletedProcess(child.args, child.returncode, out, error)

    def bootstrap(self) -> str:
        """Run it, expecting that it ends well; return what it said."""
        done = self.run("bootstrap")
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr
        return done.stdout

    def terraform(self, folder: Path, *arguments: str, good: tuple[int, ...] = (0,)) -> str:
        """Run Terraform in a folder; return what it said."""
        done = self.terraform_at_once(folder, *arguments)
        assert done.returncode in good, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout + done.stderr

    def terraform_at_once(self, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["terraform", f"-chdir={folder}", *arguments]
        return subprocess.run(
            command, env={**self.environ, **self.more}, text=True, capture_output=True, check=False, timeout=SECONDS
        )

    def stack(self, name: str, configuration: Mapping[str, Any]) -> Path:
        """Write a stack as synthesis would leave it, and initialize it; return its folder."""
        folder = self.folder / "cdktf.out/stacks" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "cdk.tf.json").write_text(json.dumps(configuration))
        self.terraform(folder, "init", "-input=false", "-no-color")
        return folder

    def files(self) -> set[str]:
        """Return the names of the state files here."""
        return {path.name for path in self.folder.glob("terraform.*")}


def kill(child: subprocess.Popen[str]) -> None:
    """Kill the process and all that it has started, and take its output away."""
    os.killpg(child.pid, signal.SIGKILL)
    child.communicate(timeout=SECONDS)


def parsed(content: str | bytes) -> dict[str, Any]:
    return json.loads(content)
