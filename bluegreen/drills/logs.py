"""The logs of a drill, kept beside the report."""

from __future__ import annotations

from pathlib import Path

from botocore.exceptions import ClientError

from bluegreen.report.drill import Variant

from .drill import Drill
from .service import Service

MOST = 5000
"""Lines that are kept of a log: the first of them."""


OWN = "drill.log"
"""What the drill did, and what the commands printed."""


def folder(variant: Variant, drill: Drill) -> str:
    """Return where the logs of a drill lie, from the report's folder."""
    return f"logs/{drill.name}" if variant == "bluegreen" else f"logs/{variant}/{drill.name}"


def keep(service: Service, since: float, root: Path, own: str) -> tuple[str, ...]:
    """Write what tasks and hook logged since a moment (epoch seconds), and return all paths, from `root`.

    `own` is the drill's folder in it.
    """
    paths = [f"{own}/{OWN}"]
    for file, group in (("tasks.log", service.target.log_group), ("hook.log", service.target.hook_log_group)):
        if lines := _lines(service, group, since):
            path = f"{own}/{file}"
            (root / path).write_text("\n".join(lines) + "\n", encoding="utf-8")
            paths.append(path)
    return tuple(paths)


def _lines(service: Service, group: str, since: float) -> list[str]:
    client = service.stage.client("logs")
    try:
        found = client.filter_log_events(logGroupName=group, startTime=int(since * 1000), limit=MOST)
    except ClientError:
        return []
    return [event["message"] for event in found["events"]]
