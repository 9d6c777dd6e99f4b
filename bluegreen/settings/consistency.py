"""Rules between settings: each alone may be in its range, and together they still make no environment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from .errors import SettingsError
from .fargate import MEMORY_BY_CPU
from .model import Settings
from .network import ALL_ENDPOINTS
from .subnets import SubnetError, subnets

# `<name>-cluster-green` is a target group's name, and AWS gives those 32 characters.
LONGEST_NAME = 32 - len("-cluster-green")
RESERVED_NAMES = ("foundation", "internal", "rehearsal-foundation")

Finding = tuple[str, object, str]


def check_name(file: str, name: str) -> None:
    """Refuse a name that no load balancer may begin with, or that another stack has."""
    if not re.fullmatch(r"[a-z]([a-z0-9-]*[a-z0-9])?", name) or name.startswith("internal-"):
        raise SettingsError.about(file, "name", name, "lower-case letters, digits and -, beginning with a letter")
    if len(name) > LONGEST_NAME:
        words = f"at most {LONGEST_NAME} characters, so that {name}-cluster-green keeps within AWS's 32"
        raise SettingsError.about(file, "name", name, words)
    if name in RESERVED_NAMES:
        raise SettingsError.about(file, "name", name, f"any but {', '.join(RESERVED_NAMES)}")


def check_consistency(file: str, settings: Settings) -> None:
    """Raise SettingsError for the first rule that `settings` breaks."""
    for rule in (_task, _ports, _health_check, _gateways, _subnets, _lists):
        for key, found, allowed in rule(settings):
            raise SettingsError.about(file, key, found, allowed)


def check_apart(settings: Sequence[Settings], folder: Path) -> None:
    """Raise SettingsError if two environments of `folder`, in one account, would share a task definition family."""
    owners: dict[tuple[str, str], str] = {}
    for one in settings:
        other = owners.setdefault((one.region, one.family), one.name)
        if other != one.name:
            allowed = f"one that is not also the family of {folder / other}.toml; without a line it is the name's own"
            raise SettingsError.about(f"{folder / one.name}.toml", "family", one.family, allowed)


def _task(settings: Settings) -> Iterator[Finding]:
    task = settings.task
    memory = MEMORY_BY_CPU[task.cpu]
    if task.memory not in memory:
        yield "task.memory", task.memory, f"with cpu {task.cpu}: {', '.join(map(str, memory))}"
    if task.container_cpu > task.cpu:
        yield "task.container_cpu", task.container_cpu, f"at most the task's cpu, {task.cpu}"
    if task.memory_reservation > task.memory:
        yield "task.memory_reservation", task.memory_reservation, f"at most the task's memory, {task.memory}"


def _ports(settings: Settings) -> Iterator[Finding]:
    if settings.test_port == settings.production_port:
        yield "test_port", settings.test_port, f"any but the production port, {settings.production_port}"


def _health_check(settings: Settings) -> Iterator[Finding]:
    check = settings.health_check
    if check.timeout >= check.interval:
        yield "health_check.timeout", check.timeout, f"less than the interval, {check.interval}"


def _lists(settings: Settings) -> Iterator[Finding]:
    if not settings.checks:
        yield "checks", [], "at least one check: a hook that asks nothing would pass every release"
    if not settings.api.routes:
        yield "api.routes", [], "at least one route"


def _gateways(settings: Settings) -> Iterator[Finding]:
    network = settings.network
    missing = [e for e in ALL_ENDPOINTS if e not in network.endpoints]
    if network.nat_gateways > network.availability_zones:
        yield "network.nat_gateways", network.nat_gateways, f"at most one a zone, {network.availability_zones}"
    if network.nat_gateways == 0 and missing:
        yield "network.nat_gateways", 0, f"at least 1, or the endpoints {', '.join(missing)} as well"


def _subnets(settings: Settings) -> Iterator[Finding]:
    try:
        subnets(settings.network)
    except SubnetError as error:
        yield error.key, error.found, error.allowed
