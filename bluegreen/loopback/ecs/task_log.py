"""The awslogs log driver: what a container prints goes to CloudWatch Logs."""

from __future__ import annotations

from collections.abc import Callable

from moto.core import DEFAULT_ACCOUNT_ID
from moto.logs.exceptions import LogsClientError
from moto.logs.models import LogsBackend, logs_backends

from bluegreen.loopback import machine

from .container import Container
from .task import Task


class LogError(RuntimeError):
    """The log driver cannot start, so the task cannot."""


def writer(task: Task, container: Container) -> Callable[[str], None]:
    """Return what takes the container's lines.

    Raises:
        LogError: the log group is not there.
    """
    configuration = container.definition.get("logConfiguration") or {}
    if configuration.get("logDriver") != "awslogs":
        return lambda _: None
    options = configuration["options"]
    group = options["awslogs-group"]
    stream = "/".join((options.get("awslogs-stream-prefix", "ecs"), container.name, task.id))
    logs = logs_backends[DEFAULT_ACCOUNT_ID][options["awslogs-region"]]
    try:
        if options.get("awslogs-create-group") == "true":
            logs.ensure_log_group(group)
        logs.create_log_stream(group, stream)
    except LogsClientError as error:
        raise LogError(
            f"failed to create Cloudwatch log stream {stream} in {group}: {error.error_type}: {error.message}"
        ) from error
    return lambda line: _put(logs, group, stream, line)


def _put(logs: LogsBackend, group: str, stream: str, line: str) -> None:
    event = {"timestamp": int(machine.get().clock.now() * 1000), "message": line}
    try:
        logs.put_log_events(group, stream, [event])
    except LogsClientError:  # the group was deleted under a task that still prints
        return
