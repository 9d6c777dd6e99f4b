"""Starts a task's containers as processes of this machine."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence

from bluegreen.loopback import machine
from bluegreen.loopback.images import REGISTRY_NAMES, Image, ImageError
from bluegreen.loopback.processes import Process

from . import container_health, execution_role, secret_values, task_log
from .container import Container
from .container_health import ContainerHealth
from .task import Task

FORMAT_ERROR = ("/bin/sh", "-c", 'echo "exec $0: exec format error" >&2; exit 1')
"""What the kernel of another machine makes of a program: its name goes behind, as the shell's own."""


class LaunchError(RuntimeError):
    """A container could not be started; the text is the task's stopped reason."""


def launch(task: Task) -> None:
    """Start every container of `task`.

    Raises:
        LaunchError: an image, a log group or a program is missing, or the execution role may not get it.
    """
    for container in task.containers:
        _start(task, container)


def _start(task: Task, container: Container) -> None:
    reference = container.definition["image"]
    try:
        execution_role.check(task, container)
        image = machine.get().images.find(reference)
        on_line = task_log.writer(task, container)
        command, variables = image.at(task.address)
        environment = _environment(task, container, variables) | secret_values.fetch(task, container)
        container.image_digest = image.digest
        entry = _command(command, container)
        container.process = _run(entry if _fits(task, image) else [*FORMAT_ERROR, entry[0]], environment, on_line)
        container.health = _health(task, container, environment)
    except execution_role.ExecutionRoleError as error:
        raise LaunchError(str(error)) from error
    except secret_values.SecretError as error:
        raise LaunchError(f"ResourceInitializationError: {error}") from error
    except ImageError as error:
        raise LaunchError(
            f"CannotPullContainerError: failed to resolve ref {reference}: not found ({error})"
        ) from error
    except task_log.LogError as error:
        raise LaunchError(f"ResourceInitializationError: failed to validate logger args: {error}") from error
    except OSError as error:
        raise LaunchError(f"CannotStartContainerError: {error}") from error


def _run(command: Sequence[str], environment: Mapping[str, str], on_line: Callable[[str], None]) -> Process:
    here = machine.get()
    return here.processes.spawn(command, environment=environment, on_line=on_line, folder=here.folder)


def _health(task: Task, container: Container, environment: Mapping[str, str]) -> ContainerHealth | None:
    definition = container.definition.get("healthCheck") or {"command": ["NONE"]}
    command = container_health.command(definition, task.address)
    if not command:
        return None
    clock = machine.get().clock
    return ContainerHealth(
        definition=definition,
        command=command,
        run=lambda words: _run(words, environment, lambda _: None),
        started_at=clock.now(),
        shorten=clock.shorten(1.0),
    )


def _fits(task: Task, image: Image) -> bool:
    """Whether the image is for the machines that the task runs on; one that does not say for which is."""
    platform = task.task_definition.runtime_platform or {}
    return image.architecture in ("", REGISTRY_NAMES.get(platform.get("cpuArchitecture") or "X86_64"))


def _command(image_command: list[str], container: Container) -> list[str]:
    """The image's line is an entry point; a command in the definition becomes its arguments, as in Docker."""
    entry_point = list(container.definition.get("entryPoint") or image_command)
    return entry_point + list(container.definition.get("command") or [])


def _environment(task: Task, container: Container, variables: dict[str, str]) -> dict[str, str]:
    here = machine.get()
    region = task.cluster_arn.split(":")[3]
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "AWS_REGION": region,
        "AWS_DEFAULT_REGION": region,
        "AWS_EXECUTION_ENV": f"AWS_ECS_{task.launch_type}",
        "ECS_CONTAINER_METADATA_URI_V4": f"{here.endpoint}/_loopback/metadata/{container.id}",
        **variables,
        **{one["name"]: one["value"] for one in container.definition.get("environment") or []},
    }
