"""Rules between settings: each alone may be in its range, and together they still make no environment."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from .errors import SettingsError
from .fargate import MEMORY_BY_CPU
from .model import Settings
from .network import ALL_ENDPOINTS
from .optional_parts import RULES_OF_ENVIRONMENTS, RULES_OF_SERVICES
from .subnets import SubnetError, subnets

# `<name>-cluster-green` is a target group's name, and AWS gives those 32 characters.
LONGEST_NAME = 32 - len("-cluster-green")
LONGEST_PREFIX = 32 - len("-green")
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


def check_service_name(file: str, environment: str, service: str) -> None:
    """Refuse the name of a table under `services` that AWS's names could not begin with."""
    if not re.fullmatch(r"[a-z]([a-z0-9-]*[a-z0-9])?", service):
        words = "lower-case letters, digits and -, beginning with a letter"
        raise SettingsError.about(file, "services", service, words)
    longest = LONGEST_PREFIX - len(environment) - 1
    if len(service) > longest:
        words = f"at most {longest} characters, so that {environment}-{service}-green keeps within AWS's 32"
        raise SettingsError.about(file, "services", service, words)


def check_consistency(file: str, settings: Settings) -> None:
    """Raise SettingsError for the first rule that `settings` breaks."""
    _check(file, settings, "", (_gateways, _subnets, *RULES_OF_ENVIRONMENTS))
    for service in settings.of_services():
        prefix = f"services.{service.service_name}." if service.service_name else ""
        _check(file, service, prefix, (_task, _ports, _hook, _health_check, _lists, *RULES_OF_SERVICES))
    _check_each_its_own(file, settings.services)


def _check(
    file: str, settings: Settings, prefix: str, rules: Sequence[Callable[[Settings], Iterator[Finding]]]
) -> None:
    for rule in rules:
        for key, found, allowed in rule(settings):
            raise SettingsError.about(file, f"{prefix}{key}", found, allowed)


def _check_each_its_own(file: str, services: Sequence[Settings]) -> None:
    """Refuse services of one HTTP API that share a route: it can lead to one of them only."""
    owners: dict[str, str] = {}
    for service in services:
        for route in service.routes:
            other = owners.setdefault(route, service.service_name)
            if other != service.service_name:
                allowed = f"routes that no other service has; {other} has this one"
                raise SettingsError.about(file, f"services.{service.service_name}.routes", route, allowed)


def check_apart(settings: Sequence[Settings], folder: Path) -> None:
    """Raise SettingsError if services of one account, in `folder`, would share a task definition family or a name."""
    owners: dict[tuple[str, str, str], Settings] = {}
    for one in (service for environment in settings for service in environment.of_services()):
        for key, value in (("family", one.family), ("name", one.prefix)):
            other = owners.setdefault((one.region, key, value), one)
            if other is not one:
                raise SettingsError.about(f"{folder / one.name}.toml", key, value, _apart(key, folder, other))


def _apart(key: str, folder: Path, other: Settings) -> str:
    whose = f"{folder / other.name}.toml" + (f", services.{other.service_name}" if other.service_name else "")
    if key == "family":
        return f"one that is not also the family of {whose}; without a line it is the name's own"
    return (
        f"a name (and a name of a service) that does not come to the names of {whose}: both would be {other.prefix}-…"
    )


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


def _hook(settings: Settings) -> Iterator[Finding]:
    if settings.hook.listener == "production" and not settings.rehearsal:
        words = (
            "test: production answers from the version that is live already; only a rehearsal may show what that misses"
        )
        yield "hook.listener", settings.hook.listener, words


def _health_check(settings: Settings) -> Iterator[Finding]:
    check = settings.health_check
    if check.timeout >= check.interval:
        yield "health_check.timeout", check.timeout, f"less than the interval, {check.interval}"


def _lists(settings: Settings) -> Iterator[Finding]:
    if not settings.checks:
        yield "checks", [], "at least one check: a hook that asks nothing would pass every release"
    if not settings.routes:
        yield "routes", [], "at least one route of the HTTP API"


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
