"""A call of an AWS API as IAM sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Call:
    """`parameter` reads a parameter of the request by its name in the API; `resource` is what the service says."""

    service: str
    operation: str
    account: str
    region: str
    partition: str
    parameter: Callable[[str], Any]
    resource: str | None = None

    @property
    def action(self) -> str:
        """The action, as in `ecs:CreateTaskSet`."""
        return f"{self.service}:{self.operation}"

    def arn(self, resource: str, *, service: str = "") -> str:
        """Return the ARN of a resource of the called service in the account and region of the call."""
        if resource.startswith("arn:"):
            return resource
        return f"arn:{self.partition}:{service or self.service}:{self.region}:{self.account}:{resource}"
