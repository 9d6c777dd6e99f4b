"""Runs the shell of a workflow's or an action's steps as GitHub's runner does: inputs in, files of outputs out."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

EXPRESSION = re.compile(r"\$\{\{ ([\w.-]+) \}\}")
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c")
LIMIT = 240


@dataclass(frozen=True)
class Ended:
    """How a step, or an action, ended, and what it left for others."""

    code: int
    out: str
    err: str
    outputs: Mapping[str, str]


@dataclass
class Runner:
    """A job's machine: `workspace` is the checkout, `folder` is its own, `environ` what steps find."""

    folder: Path
    workspace: Path
    environ: Mapping[str, str]
    context: dict[str, str] = field(default_factory=dict)

    def action(self, file: Path, given: Mapping[str, str]) -> Ended:
        """Run a composite action with inputs; the first step that fails is the last one."""
        document = yaml.safe_load(file.read_text())
        unknown = set(given) - set(document["inputs"])
        assert not unknown, f"{file.name} has no input {', '.join(unknown)}"
        inputs = {name: given.get(name, declared["default"]) for name, declared in document["inputs"].items()}
        context = {"github.action_path": str(file.parent)} | {f"inputs.{name}": one for name, one in inputs.items()}
        last = Ended(0, "", "", {})
        for step in document["runs"]["steps"]:
            if last.code or not holds(step.get("if"), context):
                break
            last = self.step(step, context)
            context |= {f"steps.{step.get('id')}.outputs.{name}": one for name, one in last.outputs.items()}
        outputs = {name: evaluated(one["value"], context) for name, one in document["outputs"].items()}
        return Ended(last.code, last.out, last.err, outputs)

    def step(self, step: Mapping[str, Any], context: Mapping[str, str]) -> Ended:
        """Run one step's shell."""
        output, path = self._file("output"), self.folder / "path"
        asked = {name: evaluated(one, context) for name, one in step.get("env", {}).items()}
        added = path.read_text().split() if path.exists() else []
        done = subprocess.run(
            [*BASH, step["run"]],
            cwd=self.workspace / evaluated(step.get("working-directory", "."), context),
            env={
                **self.environ,
                **asked,
                "PATH": os.pathsep.join([*reversed(added), self.environ["PATH"]]),
                "CI": "true",
                "RUNNER_TEMP": str(self.folder),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_PATH": str(path),
                "GITHUB_STEP_SUMMARY": str(self.folder / "summary.md"),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LIMIT,
            check=False,
        )
        lines = output.read_text().splitlines()
        return Ended(done.returncode, done.stdout, done.stderr, dict(line.split("=", 1) for line in lines))

    def _file(self, name: str) -> Path:
        file = self.folder / name
        file.write_text("")
        return file


def evaluated(text: str, context: Mapping[str, str]) -> str:
    """Replace the expressions, all of which are plain names; an output that was not set is empty."""

    def value(found: re.Match[str]) -> str:
        name = found[1]
        return context.get(name, "") if ".outputs." in name else context[name]

    return EXPRESSION.sub(value, text)


def holds(condition: str | None, context: Mapping[str, str]) -> bool:
    """Judge the kinds of conditions that there are."""
    if condition in (None, "always()"):
        return True
    name, _, empty = condition.partition(" != ")
    assert empty == "''", condition
    return bool(context[name])
