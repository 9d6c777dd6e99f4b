"""The report's three files, written into a folder beside the drills' logs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .document import dump
from .evidence import Evidence
from .markdown import markdown
from .page import page


@dataclass(frozen=True)
class Paths:
    """Where the report lies."""

    html: Path
    markdown: Path
    json: Path


def write(evidence: Evidence, folder: Path) -> Paths:
    """Write page, summary and JSON into `folder`, which is made if need be; the logs are linked where they are there.

    Raises:
        OSError: the folder cannot be made or written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = Paths(folder / "report.html", folder / "summary.md", folder / "evidence.json")
    missing = {log for drill in evidence.drills for log in drill.logs if not (folder / log).is_file()}
    paths.json.write_text(dump(evidence), encoding="utf-8")
    paths.markdown.write_text(markdown(evidence), encoding="utf-8")
    paths.html.write_text(page(evidence, missing), encoding="utf-8")
    return paths
