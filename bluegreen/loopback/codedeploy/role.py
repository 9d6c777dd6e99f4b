"""All that CodeDeploy may do in the account: the calls that its managed role grants, and no other.

`AWSCodeDeployRoleForECS` has no call that touches a task or a target: those are the business of ECS and of the load
balancer. An engine that sees the account through these protocols has AWS's seams. Every call raises CallFailed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from .account import Action, Listener, Rule, Service, TargetGroup, TaskSet


class Ecs(Protocol):
    """The calls granted on Amazon ECS."""

    def describe_service(self, cluster: str, service: str) -> Service | None: ...

    def create_task_set(self, request: Mapping[str, Any]) -> TaskSet: ...

    def update_service_primary_task_set(self, cluster: str, service: str, task_set: str) -> None: ...

    def delete_task_set(self, cluster: str, service: str, task_set: str) -> None: ...


class ElasticLoadBalancing(Protocol):
    """The calls granted on the load balancer."""

    def describe_target_groups(self, names: Sequence[str]) -> tuple[TargetGroup, ...]: ...

    def describe_listener(self, listener: str) -> Listener: ...

    def modify_listener(self, listener: str, actions: Sequence[Action]) -> None: ...

    def describe_rules(self, listener: str) -> tuple[Rule, ...]: ...

    def modify_rule(self, rule: str, actions: Sequence[Action]) -> None: ...


class Lambda(Protocol):
    """The call granted on AWS Lambda: it returns once the event is accepted."""

    def invoke_function(self, function: str, payload: bytes) -> None: ...


class CloudWatch(Protocol):
    """The call granted on Amazon CloudWatch: the state of each alarm that exists, by name."""

    def describe_alarms(self, names: Sequence[str]) -> Mapping[str, str]: ...


class S3(Protocol):
    """The call granted on Amazon S3: the bytes of a revision."""

    def get_object(self, location: Mapping[str, Any]) -> bytes: ...


class Role(Ecs, ElasticLoadBalancing, Lambda, CloudWatch, S3, Protocol):
    """The whole role."""
