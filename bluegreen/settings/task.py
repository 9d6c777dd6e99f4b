"""Settings of the task and its service."""

from __future__ import annotations

from dataclasses import dataclass, field

from . import variables
from .allowed import between, described, matching, one_of, setting
from .fargate import MEMORY_BY_CPU


@dataclass(frozen=True, kw_only=True)
class TaskSettings:
    """The task definition and its one container."""

    cpu: int = setting(256, "CPU units of the task; 1024 are one vCPU.", one_of(*MEMORY_BY_CPU))
    memory: int = setting(512, "Memory of the task in MiB; Fargate offers certain pairs with cpu.")
    container_name: str = setting("rust-api", "Name of the container.", matching(r"[A-Za-z0-9_-]{1,255}", "a name"))
    container_port: int = setting(3000, "Port that the container listens on.", between(1, 65535))
    container_cpu: int = setting(256, "CPU units of the container; at most the task's.", between(1, 16384))
    memory_reservation: int = setting(512, "Soft memory limit of the container in MiB.", between(6, 122880))
    user: str = setting(
        "65532:65532", "User and group of the process; never root.", matching(r"[1-9]\d*(:\d+)?", "uid:gid")
    )
    stop_timeout: int = setting(
        30, "Seconds from SIGTERM to SIGKILL; longer than the longest request.", between(2, 120)
    )
    log_stream_prefix: str = setting("rust-api", "Prefix of the log streams.", matching(r"[^:*]{1,128}", "a name"))
    environment: dict[str, str] = field(
        default_factory=dict,
        metadata=described("Environment variables; whoever reads a plan reads them.", variables.VALUES),
    )
    secrets: dict[str, str] = field(
        default_factory=dict,
        metadata=described(
            "Variables that ECS fetches at start; the execution role reads these alone.", variables.SECRETS
        ),
    )
    secret_keys: tuple[str, ...] = setting(
        (), "KMS keys of your own that the secrets are encrypted with.", variables.KEYS
    )


@dataclass(frozen=True, kw_only=True)
class ServiceSettings:
    """The ECS service."""

    desired_count: int = setting(1, "Number of tasks.", between(0, 5000))
    health_check_grace_period: int = setting(
        60, "Seconds in which failed health checks stop no task.", between(0, 86400)
    )
