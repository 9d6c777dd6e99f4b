"""What Terraform itself takes once everything is applied: a plan, and a deploy that changes nothing.

The account is a loopback with the whole architecture in it. The reference is the same plan without asking the account
(`-refresh=false`): what Terraform and its provider take by themselves, which nobody here can make less.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benches.figure import Figure
from benches.server import loopback
from bluegreen import provider_mirror
from bluegreen.infra import hook_archive
from bluegreen.infra.synth import SELECTION

from .reference import ROOT

ROUNDS = 5
ENVIRONMENT, FOUNDATION = "rehearsal", "rehearsal-foundation"
PLAN, DEPLOY = 6.0, 7.0
"""Seconds that the medians are promised to stay below."""

COMMANDS = {
    "plan": ["plan", "-detailed-exitcode", "-input=false"],
    "deploy": ["apply", "-auto-approve", "-input=false"],
    "alone": ["plan", "-refresh=false", "-input=false"],
}


def measure() -> list[Figure]:
    """Apply both stacks of the rehearsal, and let the commands take turns."""
    with tempfile.TemporaryDirectory(prefix="bluegreen-applied-") as temporary, loopback(minute="2s") as endpoint:
        folder = Path(temporary)
        environ = _environ(folder, endpoint)
        stacks = _synthesize(folder, environ)
        for stack in (FOUNDATION, ENVIRONMENT):
            _terraform(stacks / stack, environ, ["init", "-input=false"])
            _terraform(stacks / stack, environ, ["apply", "-auto-approve", "-input=false"])
        seen: dict[str, list[float]] = {name: [] for name in COMMANDS}
        for number in range(ROUNDS):
            for name in list(COMMANDS) if number % 2 == 0 else reversed(COMMANDS):
                seen[name].append(_terraform(stacks / ENVIRONMENT, environ, COMMANDS[name]))
    return [_figure("plan", seen, PLAN), _figure("deploy", seen, DEPLOY)]


def _figure(name: str, seen: Mapping[str, list[float]], limit: float) -> Figure:
    what = {"plan": "terraform plan of everything applied", "deploy": "terraform apply that changes nothing"}[name]
    return Figure(
        what=what,
        values=seen[name],
        reference="terraform plan -refresh=false",
        reference_values=seen["alone"],
        limit=limit,
    )


def _environ(folder: Path, endpoint: str) -> dict[str, str]:
    binary, archive = folder / "bootstrap", folder / "bootstrap.zip"
    binary.write_bytes(b"a program")
    hook_archive.write(binary, archive)
    return {
        **os.environ,
        **provider_mirror.environment(folder / "terraform.tfrc", os.environ),
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",
        "CHECKPOINT_DISABLE": "1",
        hook_archive.OVERRIDE: str(archive),
    }


def _synthesize(folder: Path, environ: Mapping[str, str]) -> Path:
    # The local state lies three folders above a stack's.
    out = folder / "project/cdktf.out"
    out.parent.mkdir()
    given = {**environ, SELECTION: ENVIRONMENT, "CDKTF_OUTDIR": str(out)}
    done = subprocess.run([sys.executable, "main.py"], cwd=ROOT, env=given, text=True, capture_output=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"synthesis of {ENVIRONMENT} failed: {done.stderr[-2000:]}")
    return out / "stacks"


def _terraform(folder: Path, environ: Mapping[str, str], arguments: list[str]) -> float:
    """Return the seconds that a command takes; a plan with changes (exit code 2) is an error like any other."""
    started = time.monotonic()
    command = ["terraform", f"-chdir={folder}", *arguments, "-no-color"]
    done = subprocess.run(command, env=environ, text=True, capture_output=True, check=False)
    seconds = time.monotonic() - started
    if done.returncode != 0:
        raise RuntimeError(f"terraform {arguments[0]} in {folder.name} failed: {(done.stdout + done.stderr)[-2000:]}")
    return seconds
