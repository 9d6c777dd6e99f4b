"""The backend: moto's records, with the alarms that a policy really has, and tags."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from moto.applicationautoscaling.exceptions import AWSValidationException
from moto.applicationautoscaling.models import (
    ApplicationAutoscalingBackend,
    FakeApplicationAutoscalingPolicy,
    FakeScalableTarget,
)
from moto.cloudwatch.models import cloudwatch_backends
from moto.moto_api._internal import mock_random

from .target_tracking import UnknownMetricError, alarms

ROLE = "aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService"
NOT_SUSPENDED = dict.fromkeys(
    ("DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended"), False
)


class LoopbackApplicationAutoScalingBackend(ApplicationAutoscalingBackend):
    """Scalable targets and their policies; nothing is ever scaled."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.tags: dict[str, dict[str, str]] = {}

    def register_scalable_target(self, *args: Any, **members: Any) -> FakeScalableTarget:
        target: Any = super().register_scalable_target(*args, **members)
        target.role_arn = target.role_arn or f"arn:{self.partition}:iam::{self.account_id}:role/{ROLE}"
        target.suspended_state = NOT_SUSPENDED | (target.suspended_state or {})
        self.tags.setdefault(target.arn, {})
        return target

    def deregister_scalable_target(self, namespace: str, r_id: str, dimension: str) -> None:
        target = self.targets.get(dimension, {}).get(r_id)
        super().deregister_scalable_target(namespace, r_id, dimension)
        if target:
            self.tags.pop(target.arn, None)
        of_target = [
            policy
            for policy in self.policies.values()
            if (policy.service_namespace, policy.resource_id, policy.scalable_dimension) == (namespace, r_id, dimension)
        ]
        for policy in of_target:
            self.delete_scaling_policy(policy.policy_name, namespace, r_id, dimension)

    def put_scaling_policy(self, *args: Any, **members: Any) -> FakeApplicationAutoscalingPolicy:
        known = dict(self.policies)
        resource, dimension = members["resource_id"], members["scalable_dimension"]
        if resource not in self.targets.get(dimension, {}):
            raise AWSValidationException(f"No scalable target registered for {resource} and {dimension}")
        wanted = self._alarms(members)
        policy = super().put_scaling_policy(*args, **members)
        policy.delete_alarms(self.account_id, self.region_name)  # moto's, which watch for a value of its own
        key = next(key for key, one in self.policies.items() if one is policy)
        if before := known.get(key):
            before.delete_alarms(self.account_id, self.region_name)
            policy.policy_arn, policy.creation_time = before.policy_arn, before.creation_time
        policy.alarms = [self._put(policy, kind, alarm) for kind, alarm in wanted.items()]
        return policy

    def _alarms(self, members: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        if members["policy_type"] != "TargetTrackingScaling" or members["service_namespace"] != "ecs":
            return {}
        try:
            return alarms(members["resource_id"], members["policy_body"])
        except (UnknownMetricError, KeyError) as error:
            raise AWSValidationException(f"Invalid target tracking configuration: {error}") from error

    def _put(self, policy: FakeApplicationAutoscalingPolicy, kind: str, alarm: Mapping[str, Any]) -> Any:
        name = f"TargetTracking-{policy.resource_id}-{kind}-{mock_random.uuid4()}"
        return cloudwatch_backends[self.account_id][self.region_name].put_metric_alarm(
            name=name,
            description=f"DO NOT EDIT OR DELETE. For TargetTrackingScaling policy {policy.policy_arn}.",
            alarm_actions=[policy.policy_arn],
            **alarm,
        )

    def _ecs_service_exists_for_target(self, r_id: str) -> bool:
        """Look where the loopback's ECS keeps its services, which is not where moto's does."""
        _, cluster, name = r_id.split("/")
        ecs: Any = self.ecs_backend
        if any(one.name == name and one.cluster_arn.endswith(f":cluster/{cluster}") for one in ecs.table.values()):
            return True
        raise AWSValidationException(f"ECS service doesn't exist: {r_id}")

    def tags_of(self, arn: str) -> dict[str, str]:
        """Return the tags of a scalable target, to be read or changed.

        Raises:
            AWSValidationException: there is no such target.
        """
        if arn not in self.tags:
            raise AWSValidationException(f"No scalable target found for resource ARN: {arn}")
        return self.tags[arn]
