"""AWS's own command line as a process, unmodified."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

AWS = Path(sys.executable).with_name("aws")
SECONDS = 90.0


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    output: str
    errors: str


class AwsCli:
    """The command in one region of the loopback."""

    def __init__(self, environ: Mapping[str, str], region: str) -> None:
        self._environ = {**environ, "AWS_REGION": region, "AWS_DEFAULT_REGION": region, "AWS_PAGER": ""}

    def __call__(self, *words: str) -> Said:
        """Run a command to its end."""
        done = subprocess.run(
            [sys.executable, str(AWS), *words],
            env=self._environ,
            text=True,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)
