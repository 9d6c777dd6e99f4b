"""AWS's own policies, there as soon as somebody asks for a policy."""

from __future__ import annotations

from threading import RLock

from moto.iam.models import IAMBackend, ManagedPolicy


class LoopbackIAMBackend(IAMBackend):
    """The IAM of a partition.

    Whoever calls AWS has a key, which moto looks for in every partition. Its backends read all of AWS's policies when
    they are made, more than a thousand a partition: the first request would take as long as the loopback's start.
    """

    def __init__(self, region_name: str, account_id: str) -> None:
        self._reading = RLock()
        self._by_aws: list[ManagedPolicy] | None = None
        self._all: dict[str, ManagedPolicy] | None = None
        super().__init__(region_name, account_id)

    @property
    def aws_managed_policies(self) -> list[ManagedPolicy]:
        """The policies that AWS keeps."""
        with self._reading:
            if self._by_aws is None:
                self._by_aws = super()._init_aws_policies()
            return self._by_aws

    @aws_managed_policies.setter
    def aws_managed_policies(self, _none: list[ManagedPolicy]) -> None:
        """Wait until they are asked for."""

    @property
    def managed_policies(self) -> dict[str, ManagedPolicy]:
        """AWS's policies and the account's own, by ARN."""
        with self._reading:
            if self._all is None:
                self._all = {policy.arn: policy for policy in self.aws_managed_policies}
            return self._all

    @managed_policies.setter
    def managed_policies(self, _none: dict[str, ManagedPolicy]) -> None:
        """Wait until they are asked for."""

    def _init_aws_policies(self) -> list[ManagedPolicy]:
        return []

    def _init_managed_policies(self) -> dict[str, ManagedPolicy]:
        return {}
