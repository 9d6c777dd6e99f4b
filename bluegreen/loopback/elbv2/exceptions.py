"""Errors that moto's ELB does not have."""

from __future__ import annotations

from moto.elbv2.exceptions import ELBClientError


class TargetGroupAssociationLimitError(ELBClientError):
    """A target group would belong to two load balancers."""

    code = "TargetGroupAssociationLimit"

    def __init__(self, target_group_arn: str) -> None:
        super().__init__(f"The target group '{target_group_arn}' is already associated with another load balancer")


class TooManyTargetGroupsError(ELBClientError):
    """A forward action names more groups than it may."""

    code = "TooManyTargetGroups"

    def __init__(self, most: int) -> None:
        super().__init__(f"A forward action can have at most {most} target groups")


class ProxyError(ELBClientError):
    """The proxy does not serve what was asked for: said at once, as an error that no client retries."""

    code = "OperationNotPermitted"

    def __init__(self, words: str) -> None:
        super().__init__(f"The loopback cannot serve this: {words}")


class DeletionProtectedError(ELBClientError):
    """A load balancer under deletion protection would be deleted."""

    code = "OperationNotPermitted"

    def __init__(self, arn: str) -> None:
        super().__init__(f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled")
