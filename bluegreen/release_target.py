"""What a release has to know about an environment: published by its stack, read by `bluegreen`.

It is the JSON text of an SSM parameter, so that a release needs no Terraform state.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any

VERSION = 1


class ReleaseTargetError(ValueError):
    """The text is no release target that this version can read."""


def parameter_name(environment: str, service_name: str = "") -> str:
    """Return the name of the SSM parameter with the release target of an environment, or of one of its services."""
    return "/".join(["/bluegreen", environment, *filter(None, [service_name]), "release-target"])


@dataclass(frozen=True, kw_only=True)
class ReleaseTarget:
    """Where releases of one environment go, in AWS's own names and ARNs."""

    environment: str
    service_name: str = ""
    """Which service of the environment, where it has several."""
    region: str
    cluster: str
    service: str
    application: str
    deployment_group: str
    task_definition: str
    """ARN of the revision that a release takes as its template."""
    container_name: str
    container_port: int
    repository: str
    """URL of the ECR repository."""
    hook_function: str
    """ARN of the function that checks a release."""
    hooks: tuple[str, ...] = ("BeforeAllowTraffic",)
    """Lifecycle events that call the hook."""
    production_listener: str
    test_listener: str
    target_groups: tuple[str, ...]
    """Names of the two target groups; which of them is live alternates."""
    log_group: str
    """Log group of the tasks."""
    hook_log_group: str
    api_url: str
    subnets: tuple[str, ...]
    security_groups: tuple[str, ...]
    assign_public_ip: str = "DISABLED"
    platform_version: str = "LATEST"
    architecture: str
    """`ARM64` or `X86_64`."""
    records_bucket: str = ""
    """Where release records are kept; empty where there is no such bucket."""
    version: int = VERSION

    @property
    def options(self) -> str:
        """The options that name this target in a command line of `bluegreen`."""
        return f"--environment {self.environment}" + (f" --service {self.service_name}" if self.service_name else "")

    def to_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> ReleaseTarget:
        """Read what `to_json` wrote.

        Raises:
            ReleaseTargetError: not JSON, of another version, or with fields missing, unknown or of a wrong type; a
                field that has a default may be missing, for an older version wrote the document.
        """
        document = _document(text)
        if document.get("version") != VERSION:
            raise ReleaseTargetError(f"version: found {document.get('version')!r}, allowed: {VERSION}")
        known = {f.name: str(f.type) for f in fields(cls)}
        required = {f.name for f in fields(cls) if f.default is MISSING}
        for name in sorted((required - document.keys()) | (document.keys() - known.keys())):
            raise ReleaseTargetError(f"{name}: {'missing' if name in known else 'unknown'}")
        return cls(**{name: _typed(name, known[name], value) for name, value in document.items()})


def _document(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise ReleaseTargetError(f"not JSON: {error}") from None
    if not isinstance(document, dict):
        raise ReleaseTargetError(f"found {type(document).__name__}, allowed: a JSON object")
    return document


def _typed(name: str, kind: str, value: Any) -> Any:
    if kind.startswith("tuple"):
        if not isinstance(value, list) or not all(type(v) is str for v in value):
            raise ReleaseTargetError(f"{name}: found {value!r}, allowed: a list of texts")
        return tuple(value)
    if type(value) is not {"str": str, "int": int}[kind]:
        raise ReleaseTargetError(f"{name}: found {value!r}, allowed: {kind}")
    return value
