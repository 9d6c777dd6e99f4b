"""AWS's own policies, there as soon as somebody asks for a policy."""

from __future__ import annotations

from threading import RLock
from typing import Any

from moto.iam.models import IAMBackend, ManagedPolicy

_READ_WHEN_ASKED_FOR = {
    "aws_managed_policies": IAMBackend._init_aws_policies,
    "managed_policies": IAMBackend._init_managed_policies,
}


class LoopbackIAMBackend(IAMBackend):
    """The IAM of a partition.

    Whoever calls AWS has a key, which moto looks for in every partition. Its backends read all of AWS's policies when
    they are made, more than a thousand a partition: the first request would take as long as the loopback's start.
    """

    def __init__(self, region_name: str, account_id: str) -> None:
        self._reading = RLock()
        super().__init__(region_name, account_id)
        for name in _READ_WHEN_ASKED_FOR:
            delattr(self, name)

    def __getattr__(self, name: str) -> Any:
        """Read what somebody asks for and is not there yet."""
        if name not in _READ_WHEN_ASKED_FOR:
            raise AttributeError(name)
        with self._reading:  # a policy that is made meanwhile has to land in the one that stays
            if name not in vars(self):
                setattr(self, name, _READ_WHEN_ASKED_FOR[name](self))
            return vars(self)[name]

    def _init_aws_policies(self) -> list[ManagedPolicy]:
        return []
