"""What ECS fetches for a container before it starts: parameters of SSM and secrets of Secrets Manager."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from .container import Container
from .task import Task

PARTS = 7
"""Parts of a secret's ARN; a JSON key, a stage and a version may follow."""


class SecretError(RuntimeError):
    """A value that cannot be fetched; the text begins as ECS's does."""


def fetch(task: Task, container: Container) -> dict[str, str]:
    """Return the variables that the container definition lists under `secrets`.

    Raises:
        SecretError: there is no such parameter, secret, version or key.
    """
    account, region = task.cluster_arn.split(":")[4], task.cluster_arn.split(":")[3]
    listed = container.definition.get("secrets") or []
    return {one["name"]: _value(one["valueFrom"], account, region) for one in listed}


def asked(task: Task, container: Container) -> Iterator[tuple[str, str]]:
    """Yield what the execution role is asked for: an action of IAM, and the ARN of the parameter or secret."""
    prefix = ":".join(task.cluster_arn.split(":")[:5]).replace(":ecs:", ":ssm:")
    for one in container.definition.get("secrets") or []:
        parts = one["valueFrom"].split(":")
        if parts[2:3] == ["secretsmanager"]:
            yield "secretsmanager:GetSecretValue", ":".join(parts[:PARTS])
        else:
            name = parts[-1].removeprefix("parameter/").lstrip("/")
            yield "ssm:GetParameters", f"{prefix}:parameter/{name}"


def _value(where: str, account: str, region: str) -> str:
    parts = where.split(":")
    if len(parts) > PARTS - 2:
        region, account = parts[3:5]
    if parts[2:3] == ["secretsmanager"]:
        return _secret(":".join(parts[:PARTS]), [*parts[PARTS:], "", "", ""][:3], account, region)
    from moto.ssm.models import ssm_backends  # noqa: PLC0415 - moto reads its environment when imported

    found: Any = ssm_backends[account][region].get_parameter(where)
    if found is None:
        raise SecretError(f"unable to pull secrets or registry auth: invalid ssm parameters: {where}")
    return found.response_object(decrypt=True)["Value"]


def _secret(arn: str, wanted: list[str], account: str, region: str) -> str:
    from moto.secretsmanager.exceptions import SecretsManagerClientError  # noqa: PLC0415 - as above
    from moto.secretsmanager.models import secretsmanager_backends  # noqa: PLC0415

    key, stage, version = wanted
    failed = f"unable to pull secrets or registry auth: unable to retrieve secret from asm: {arn}"
    try:
        backend: Any = secretsmanager_backends[account][region]
        text = backend.get_secret_value(arn, version or None, stage or None)["SecretString"]
    except (SecretsManagerClientError, KeyError) as error:
        raise SecretError(f"{failed}: {error}") from error
    if not key:
        return text
    try:
        return str(json.loads(text)[key])
    except (ValueError, KeyError, TypeError) as error:
        raise SecretError(f"{failed}: retrieved secret did not contain json key {key}") from error
