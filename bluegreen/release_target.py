"""What a release has to know about an environment: published by its stack, read by `bluegreen`.

It is the JSON text of an SSM parameter, so that a release needs no Terraform state.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Any

VERSION = 1
LIVE, LATEST = "live", "latest"
"""What the template of a release may be instead of one revision."""


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
    """ARN of the revision that a release takes as its template; of another template, one revision of its family."""
    container_name: str
    container_port: int
    repository: str
    """URL of the ECR repository; empty where images come from elsewhere."""
    hook_function: str
    """ARN or name of the function that checks a release; empty where none does."""
    hooks: tuple[str, ...] = ("BeforeAllowTraffic",)
    """Lifecycle events that call the hook."""
    production_listener: str
    test_listener: str
    """Empty where there is none."""
    target_groups: tuple[str, ...]
    """Names of the two target groups; which of them is live alternates."""
    log_group: str
    """Log group of the tasks; empty where they log elsewhere."""
    hook_log_group: str
    """Empty where there is no hook."""
    api_url: str
    """Empty where it is not known."""
    subnets: tuple[str, ...]
    """Without any, the tasks have no network of their own (EC2), and a release names none."""
    security_groups: tuple[str, ...]
    assign_public_ip: str = "DISABLED"
    platform_version: str = "LATEST"
    """Of Fargate; empty for EC2."""
    architecture: str
    """`ARM64` or `X86_64`."""
    records_bucket: str = ""
    """Where release records are kept; empty where there is no such bucket."""
    version: int = VERSION
    hook_functions: tuple[str, ...] = ()
    """The function of each of `hooks`, where they are not all `hook_function`."""
    hook_verdicts: bool = True
    """Whether the hook logs the verdict line of docs/hook.md: who waits for it else waits in vain."""
    template: str = ""
    """`live`: what runs is the template. `latest`: its family's newest revision is. Empty: `task_definition` is."""
    imported: bool = False
    """Whether `bluegreen target import` wrote it; else Terraform did."""
    rehearsal: bool = False
    """Of an imported one: whether it lies on a loopback."""

    @property
    def functions(self) -> dict[str, str]:
        """The function, by ARN or name, that each lifecycle event calls."""
        functions = self.hook_functions or (self.hook_function,) * len(self.hooks)
        return {event: one for event, one in zip(self.hooks, functions, strict=False) if one}

    @property
    def family(self) -> str:
        """The task definition family of its revisions."""
        return self.task_definition.rpartition("/")[2].partition(":")[0]

    @property
    def options(self) -> str:
        """The options that name this target in a command line of `bluegreen`."""
        service = f" --service {self.service_name}" if self.service_name else ""
        # No file says where an imported one lies.
        return f"--environment {self.environment}{service}" + (f" --region {self.region}" if self.imported else "")

    def to_json(self) -> str:
        """Write it; what came later is left out at its default, so that an older `bluegreen` reads it too."""
        later = {f.name: f.default for f in fields(self) if f.name in LATER}
        document = {name: value for name, value in asdict(self).items() if name not in later or value != later[name]}
        return json.dumps(document, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> ReleaseTarget:
        """Read what `to_json` wrote, also that of an older version or of a newer one.

        A field that has a default may be missing; one that is not known is left alone (`unknown_fields` names it).

        Raises:
            ReleaseTargetError: not JSON, of a version that this one cannot read, or with fields missing or of a
                wrong type.
        """
        document = _document(text)
        _check_version(document.get("version"))
        known = {f.name: str(f.type) for f in fields(cls)}
        missing = sorted({f.name for f in fields(cls) if f.default is MISSING} - document.keys())
        if missing:
            raise ReleaseTargetError(f"{missing[0]}: missing")
        return cls(**{name: _typed(name, known[name], value) for name, value in document.items() if name in known})


LATER = frozenset({"hook_functions", "hook_verdicts", "template", "imported", "rehearsal"})
"""Fields that a version 1 of `bluegreen` refused before it knew them."""


def unknown_fields(text: str) -> tuple[str, ...]:
    """Name the fields of a document that this version does not know: a newer one wrote it.

    Raises:
        ReleaseTargetError: not a JSON object.
    """
    return tuple(sorted(_document(text).keys() - {f.name for f in fields(ReleaseTarget)}))


def _check_version(found: Any) -> None:
    if type(found) is not int or found != VERSION:
        raise ReleaseTargetError(f"version: found {found!r}, allowed: {VERSION}")


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
    if type(value) is not {"str": str, "int": int, "bool": bool}[kind]:
        raise ReleaseTargetError(f"{name}: found {value!r}, allowed: {kind}")
    return value
