"""What was seen of tasks that crashed."""

from __future__ import annotations

from dataclasses import replace

from bluegreen.release.task_end import ContainerEnd, TaskEnd
from bluegreen.release.task_log import Tail
from bluegreen.release.trouble import Trouble

CRASHED = TaskEnd(
    task_id="1",
    stop_code="EssentialContainerExited",
    reason="Essential container in task exited",
    containers=(ContainerEnd(name="rust-api", exit_code=3),),
)
TAIL = Tail(container="rust-api", where="/ecs/sample rust-api/rust-api/1", lines=("no DATABASE_URL",))
CRASHES = Trouble(tasks=(CRASHED, replace(CRASHED, task_id="2")), tail=TAIL)
