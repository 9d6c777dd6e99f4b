"""What `terraform init` notes of a stack's backend, in the stack's folder: once the backend is another, it refuses."""

from __future__ import annotations

import json
from pathlib import Path


def forget(project: Path, stack: str) -> None:
    """Remove the note if it tells of a state in a file, which has been moved: the next init notes the bucket."""
    note = project / "cdktf.out/stacks" / stack / ".terraform/terraform.tfstate"
    try:
        kind = json.loads(note.read_text(encoding="utf-8"))["backend"]["type"]
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return
    if kind == "local":
        note.unlink()
