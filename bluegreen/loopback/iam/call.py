"""A call of an AWS API as IAM sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Call:
    """`parameter` reads a parameter of the request by its name in the API; `resource` is what the service says.

    `query` holds the parameters of a request in the query protocol as they came, as in `TagSpecification.1.Tag.1.Key`.
    """

    service: str
    operation: str
    account: str
    region: str
    partition: str
    parameter: Callable[[str], Any]
    resource: str | None = None
    method: str = "POST"
    path: str = "/"
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def action(self) -> str:
        """The action, as in `ecs:CreateTaskSet`."""
        return f"{self.service}:{self.operation}"

    def arn(self, resource: str, *, service: str = "") -> str:
        """Return the ARN of a resource of the called service in the account and region of the call."""
        if resource.startswith("arn:"):
            return resource
        service = service or self.service
        region = "" if service == "iam" else self.region
        account = "" if service == "apigateway" else self.account
        return f"arn:{self.partition}:{service}:{region}:{account}:{resource}"
