"""An IAM role as a release needs it: that it is there, and which services may take it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mypy_boto3_iam import IAMClient


@dataclass(frozen=True)
class Role:
    """A role by its name, and the services that its trust policy names."""

    name: str
    trusts: frozenset[str] = frozenset()
    is_there: bool = True


def read(iam: IAMClient, arn: str) -> Role:
    """Ask IAM for a role by its ARN."""
    name = arn.rpartition("/")[2]
    try:
        answer = iam.get_role(RoleName=name)
    except iam.exceptions.NoSuchEntityException:
        return Role(name, is_there=False)
    document: Any = answer["Role"].get("AssumeRolePolicyDocument") or {}
    return Role(name, trusted(document))


def trusted(document: Mapping[str, Any]) -> frozenset[str]:
    """Name the services that a trust policy allows; conditions are not judged."""
    found: set[str] = set()
    for statement in _listed(document.get("Statement")):
        principal = statement.get("Principal")
        if statement.get("Effect") == "Allow" and isinstance(principal, dict):
            found.update(_listed(principal.get("Service")))
    return frozenset(found)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []
