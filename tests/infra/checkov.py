"""checkov, run on a folder: what it found to fail, and that it could read all there was."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / ".build" / "checkov" / "bin" / "checkov"
FRAMEWORKS = ("terraform_json", "terraform_plan")
# Its findings need no guidelines from its makers' server, and no list of modules.
OFFLINE = ("--skip-download", "--download-external-modules", "false")


@dataclass(frozen=True, order=True)
class Failure:
    """A check that failed; `stack` is the folder that the file lies in."""

    check: str
    stack: str
    resource: str


@dataclass(frozen=True)
class Report:
    """What a run found: failures, and how many checks passed, of how many files."""

    failures: frozenset[Failure]
    passed: int
    unread: int


def scan(folder: Path) -> Report:
    """Scan every file below `folder`, without the network."""
    command = [PROGRAM, "-d", folder, "--framework", *FRAMEWORKS, "-o", "json", "--quiet", "--compact", *OFFLINE]
    environment = {**os.environ, "LOG_LEVEL": "ERROR", "BC_API_KEY": "", "CHECKOV_RUN_SCA_PACKAGE_SCAN_V2": "false"}
    done = subprocess.run(
        [*map(str, command), "--soft-fail"], env=environment, text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    reports: Any = json.loads(done.stdout)
    reports = reports if isinstance(reports, list) else [reports]
    return Report(
        failures=frozenset(failure for report in reports for failure in _failures(report)),
        passed=sum(report["summary"]["passed"] for report in reports),
        unread=sum(report["summary"]["parsing_errors"] for report in reports),
    )


def _failures(report: dict[str, Any]) -> Iterator[Failure]:
    for one in report["results"]["failed_checks"]:
        stack = Path(one["file_path"]).parent.name
        yield Failure(check=one["check_id"], stack=stack, resource=one["resource"])
