"""The secrets of a container: what ECS is told to fetch, and what the execution role may read for it."""

from __future__ import annotations

from bluegreen.settings import Settings
from bluegreen.settings.variables import is_secret

from .account import Account
from .iam_policy import Statement, allow

PARTS = 7
"""Parts of a secret's ARN; a JSON key, a stage and a version may follow."""


def secrets(settings: Settings, account: Account) -> list[dict[str, str]]:
    """Return what the container definition says under `secrets`."""
    values = {name: _arn(value, account) for name, value in settings.task.secrets.items()}
    return [{"name": name, "valueFrom": values[name]} for name in sorted(values)]


def to_read(settings: Settings, account: Account) -> tuple[Statement, ...]:
    """Return what the execution role needs: these parameters, these secrets, these keys."""
    values = settings.task.secrets.values()
    parameters = sorted({_arn(value, account) for value in values if not is_secret(value)})
    managed = sorted({":".join(value.split(":")[:PARTS]) for value in values if is_secret(value)})
    statements = (
        ("ssm:GetParameters", parameters),
        ("secretsmanager:GetSecretValue", managed),
        ("kms:Decrypt", list(settings.task.secret_keys)),
    )
    return tuple(allow(action, on=on) for action, on in statements if on)


def _arn(value: str, account: Account) -> str:
    return account.arn("ssm", f"parameter{value}") if value.startswith("/") else value
