"""Terraform itself, run in a folder of its own, its words passed on while they are read for a lock in the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from bluegreen import provider_mirror
from bluegreen.settings import FoundationSettings, state_key

REMEMBERED = 65_536
"""Bytes of output, at its end, in which an error is looked for."""


def run(
    command: Sequence[str], *, environ: Mapping[str, str], folder: Path | None = None, handed: Sequence[int] = ()
) -> tuple[int, str]:
    """Run a command, its output going where ours goes; return its exit code and what it said last.

    Args:
        handed: file descriptors that the command keeps open.

    Ctrl-C reaches the command, which then ends as it wishes; we wait for it.
    """
    child = subprocess.Popen(
        command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, pass_fds=handed
    )
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    ended = signal.signal(signal.SIGTERM, lambda number, _frame: child.send_signal(number))
    said = bytearray()
    pairs = ((child.stdout, sys.stdout.buffer), (child.stderr, sys.stderr.buffer))
    threads = [threading.Thread(target=_pass_on, args=(*pair, said)) for pair in pairs]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return child.wait(), said.decode(errors="replace")
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, ended)


def _pass_on(from_: IO[bytes], to: IO[bytes], said: bytearray) -> None:
    with from_:
        while chunk := os.read(from_.fileno(), 4096):
            said += chunk
            del said[:-REMEMBERED]
            to.write(chunk)
            to.flush()


def s3_backend(stack: str, foundation: FoundationSettings) -> dict[str, Any]:
    """Return the backend's part of a configuration, as synthesis writes it."""
    bucket = {"bucket": foundation.state_bucket, "key": state_key(stack), "region": foundation.region}
    return {"s3": {**bucket, "encrypt": True, "use_lockfile": True}}


@dataclass(frozen=True, kw_only=True)
class Terraform:
    """A folder with a configuration of one stack."""

    folder: Path
    environ: Mapping[str, str]
    handed: Sequence[int] = field(default=())

    @classmethod
    def on(cls, folder: Path, configuration: Mapping[str, Any], *, handed: Sequence[int] = ()) -> Terraform:
        """Write the configuration, in Terraform's JSON, to a folder that is made for it."""
        folder.mkdir(parents=True, exist_ok=True)
        # What an earlier run noted of its backend is none of ours.
        (folder / ".terraform/terraform.tfstate").unlink(missing_ok=True)
        (folder / "main.tf.json").write_text(json.dumps(configuration), encoding="utf-8")
        found = provider_mirror.environment(folder / "terraform.tfrc", os.environ)
        return cls(folder=folder, environ={**os.environ, **found}, handed=handed)

    def __call__(self, *arguments: str) -> tuple[int, str]:
        """Run a command of Terraform's."""
        command = ["terraform", f"-chdir={self.folder}", *arguments]
        return run(command, environ=self.environ, handed=self.handed)
