"""Reads the answers of ECS and of the load balancer into frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .account import Listener, Rule, Service, TargetGroup, TaskSet

Answer = Mapping[str, Any]


def service_of(answer: Answer) -> Service:
    """Read one entry of DescribeServices."""
    return Service(
        arn=answer["serviceArn"],
        status=answer.get("status", ""),
        controller=answer.get("deploymentController", {}).get("type", "ECS"),
        task_sets=tuple(task_set_of(one) for one in answer.get("taskSets", [])),
    )


def task_set_of(answer: Answer) -> TaskSet:
    """Read one task set."""
    balancers = answer.get("loadBalancers") or [{}]
    return TaskSet(
        id=answer["id"],
        arn=answer["taskSetArn"],
        status=answer["status"],
        target_group=balancers[0].get("targetGroupArn", ""),
        external_id=answer.get("externalId"),
        steady=answer.get("stabilityStatus") == "STEADY_STATE",
        desired=answer.get("computedDesiredCount", 0),
        pending=answer.get("pendingCount", 0),
        running=answer.get("runningCount", 0),
        launch_type=answer.get("launchType"),
        platform_version=answer.get("platformVersion"),
        network=answer.get("networkConfiguration", {}).get("awsvpcConfiguration"),
        capacity_providers=tuple(answer.get("capacityProviderStrategy") or ()),
    )


def target_groups_of(answer: Answer) -> tuple[TargetGroup, ...]:
    """Read DescribeTargetGroups."""
    return tuple(
        TargetGroup(
            arn=one["TargetGroupArn"],
            name=one["TargetGroupName"],
            load_balancers=tuple(one.get("LoadBalancerArns", [])),
        )
        for one in answer["TargetGroups"]
    )


def listener_of(answer: Answer) -> Listener:
    """Read one entry of DescribeListeners."""
    return Listener(
        arn=answer["ListenerArn"],
        load_balancer=answer.get("LoadBalancerArn", ""),
        protocol=answer.get("Protocol", "HTTP"),
        actions=tuple(answer.get("DefaultActions", [])),
    )


def rules_of(answer: Answer) -> tuple[Rule, ...]:
    """Read DescribeRules, leaving out the default rule: it is the listener's default action."""
    return tuple(
        Rule(arn=one["RuleArn"], actions=tuple(one.get("Actions", [])))
        for one in answer["Rules"]
        if not one.get("IsDefault")
    )
