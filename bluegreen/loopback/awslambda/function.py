"""A function as an invocation sees it, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Function:
    """What is invoked; `timeout` in seconds, `memory` in MB, `archive` the zip's bytes."""

    name: str
    arn: str
    version: str
    region: str
    handler: str
    timeout: int
    memory: int
    environment: Mapping[str, str]
    archive: bytes

    @property
    def log_group(self) -> str:
        return f"/aws/lambda/{self.name}"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What an invocation came to: the payload, and whether the function failed."""

    payload: bytes
    failed: bool = False
