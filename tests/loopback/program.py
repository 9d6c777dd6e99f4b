"""`python -m bluegreen.loopback` as a user starts it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import boto3

COMMAND = (sys.executable, "-m", "bluegreen.loopback", "--json")
SECONDS = 20.0


class Program:
    """The loopback as a process of its own, ready when this is made."""

    def __init__(self, folder: Path, *options: str, minute: str = "2s", **variables: str) -> None:
        command = [*COMMAND, "--minute", minute, "--folder", str(folder), *options]
        environment = {**os.environ, **variables}
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
        assert self.child.stdout
        self.ready: dict[str, Any] = json.loads(self.child.stdout.readline())
        self.client = cache(self._client)

    @property
    def endpoint(self) -> str:
        return self.ready["endpoint"]

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signal it and wait; return its exit code."""
        self.child.send_signal(number)
        assert self.child.stdout
        self.child.stdout.close()
        return self.child.wait(SECONDS)

    def _client(self, service: str) -> Any:
        make: Any = boto3.client  # its overloads know services by literal names only
        keys = {"aws_access_key_id": "any", "aws_secret_access_key": "any"}
        return make(service, region_name="us-east-1", endpoint_url=self.endpoint, **keys)


def alive(pid: int) -> bool:
    """Whether the process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(pid: int) -> list[int]:
    """Return the ids of its children."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):  # a thread that ended just now
            found += [int(child) for child in (task / "children").read_text().split()]
    return found
