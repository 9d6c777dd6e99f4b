"""A function as an invocation sees it, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Function:
    """What is invoked; `timeout` in seconds, `memory` in MB, `archive` the zip's bytes.

    `role` is the execution role's ARN, `retries` how often a failed asynchronous invocation is tried again.
    """

    name: str
    arn: str
    version: str
    region: str
    role: str
    handler: str
    timeout: int
    memory: int
    environment: Mapping[str, str]
    archive: bytes
    retries: int = 0

    @property
    def log_group(self) -> str:
        return f"/aws/lambda/{self.name}"

    def arn_of(self, service: str, resource: str) -> str:
        """Return the ARN of another resource in the function's account and region."""
        _, partition, _, region, account, *_ = self.arn.split(":")
        return f"arn:{partition}:{service}:{region}:{account}:{resource}"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an invocation came to: the payload, and whether the function failed."""

    payload: bytes
    failed: bool = False
