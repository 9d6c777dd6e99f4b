"""The AppSpec of an ECS deployment: text in, a frozen document out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from . import document
from .lifecycle import HOOKED

# The largest base of a capacity provider; ECS holds a weight to less.
LARGEST_NUMBER = 100_000
_VERSIONS = (0.0, "0.0", "0")


class AppSpecError(ValueError):
    """A text that is no AppSpec for ECS, with the reason."""


@dataclass(frozen=True, kw_only=True)
class AppSpec:
    """What is deployed; None means: as the original task set has it."""

    task_definition: str
    container_name: str
    container_port: int
    platform_version: str | None = None
    network: Mapping[str, Any] | None = None
    capacity_providers: tuple[Mapping[str, Any], ...] | None = None
    hooks: Mapping[str, str] = field(default_factory=dict)


class _Keys(dict[str, Any]):
    """A mapping whose keys are matched without regard to case: AWS prints both, its clients send both."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, Mapping):
            raise AppSpecError(f"{where} must be a mapping, not {type(value).__name__}")
        super().__init__({str(key).lower(): item for key, item in value.items()})
        self._where = where

    def need(self, key: str) -> Any:
        value = self.get(key.lower())
        if value is None:
            raise AppSpecError(f"{self._where} has no {key}")
        return value

    def text(self, key: str) -> str:
        value = self.need(key)
        if not isinstance(value, str) or not value:
            raise AppSpecError(f"{key} of {self._where} must be a text, not {value!r}")
        return value

    def texts(self, key: str) -> list[str]:
        values = self.need(key)
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise AppSpecError(f"{key} of {self._where} must be a list of texts, not {values!r}")
        return values

    def number(self, key: str) -> int:
        value = self.need(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= LARGEST_NUMBER:
            raise AppSpecError(f"{key} of {self._where} must be a number from 0 to {LARGEST_NUMBER}, not {value!r}")
        return value


def parse(text: str) -> AppSpec:
    """Read an AppSpec in YAML or JSON (which is YAML too).

    Raises:
        AppSpecError: the text cannot be read, or something required is missing or of the wrong kind.
    """
    try:
        spec = _Keys(document.read(text), "the AppSpec")
    except document.DocumentError as error:
        raise AppSpecError(f"the AppSpec cannot be read: {error}") from error
    if spec.need("version") not in _VERSIONS:
        raise AppSpecError(f"version must be 0.0, not {spec['version']!r}")
    properties = _properties(spec.need("Resources"))
    balancer = _Keys(properties.need("LoadBalancerInfo"), "LoadBalancerInfo")
    return AppSpec(
        task_definition=properties.text("TaskDefinition"),
        container_name=balancer.text("ContainerName"),
        container_port=_port(balancer.need("ContainerPort")),
        platform_version=properties.text("PlatformVersion") if "platformversion" in properties else None,
        network=_network(properties.get("networkconfiguration")),
        capacity_providers=_capacity_providers(properties.get("capacityproviderstrategy")),
        hooks=_hooks(spec.get("hooks")),
    )


def _properties(resources: object) -> _Keys:
    if not isinstance(resources, list) or len(resources) != 1:
        raise AppSpecError("Resources must be a list with one entry")
    named = _Keys(resources[0], "the entry of Resources")
    if len(named) != 1:
        raise AppSpecError("the entry of Resources must have one key")
    resource = _Keys(next(iter(named.values())), "the resource")
    if resource.text("Type") != "AWS::ECS::Service":
        raise AppSpecError(f"Type must be AWS::ECS::Service, not {resource['type']!r}")
    return _Keys(resource.need("Properties"), "Properties")


def _port(value: object) -> int:
    # some of AWS's own templates print the port between quotes
    digits = str(value)
    if not digits.isdecimal() or not 1 <= int(digits) <= 65535:
        raise AppSpecError(f"ContainerPort must be a port number, not {value!r}")
    return int(digits)


def _network(value: object) -> Mapping[str, Any] | None:
    if value is None:
        return None
    found = _Keys(_Keys(value, "NetworkConfiguration").need("AwsvpcConfiguration"), "AwsvpcConfiguration")
    return {
        "subnets": found.texts("Subnets"),
        "securityGroups": found.texts("SecurityGroups"),
        "assignPublicIp": found.text("AssignPublicIp"),
    }


def _capacity_providers(value: object) -> tuple[Mapping[str, Any], ...] | None:
    if value is None:
        return None
    if not isinstance(value, list):
        raise AppSpecError("CapacityProviderStrategy must be a list")
    return tuple(_capacity_provider(_Keys(item, "an entry of CapacityProviderStrategy")) for item in value)


def _capacity_provider(item: _Keys) -> Mapping[str, Any]:
    provider: dict[str, Any] = {"capacityProvider": item.text("CapacityProvider")}
    return provider | {key: item.number(key) for key in ("base", "weight") if key in item}


def _hooks(value: object) -> Mapping[str, str]:
    if value is None:
        return {}
    if not isinstance(value, list):
        raise AppSpecError("Hooks must be a list of mappings with one key each")
    hooks: dict[str, str] = {}
    for entry in value:
        for key, function in _Keys(entry, "an entry of Hooks").items():
            hooks[_event(key, hooks)] = _function(key, function)
    return hooks


def _event(key: str, seen: Mapping[str, str]) -> str:
    event = next((name for name in HOOKED if name.lower() == key), None)
    if event is None:
        raise AppSpecError(f"Hooks has {key!r}; allowed are {', '.join(HOOKED)}")
    if event in seen:
        raise AppSpecError(f"Hooks has {event} twice")
    return event


def _function(event: str, value: object) -> str:
    if not isinstance(value, str) or not value:
        raise AppSpecError(f"the hook of {event} must be the name or ARN of a function, not {value!r}")
    return value
