"""What CodeDeploy may do for a release: the calls that it makes, each on this environment's resources alone.

The managed policies are no choice: AWSCodeDeployRoleForECS passes any role, and the Limited one only roles of fixed
names.
"""

from __future__ import annotations

from constructs import Construct

from bluegreen.settings import Settings

from .account import Account
from .hook import Hook
from .iam_policy import Statement, allow, allow_everywhere
from .load_balancer import LoadBalancer
from .names import Names
from .notifications import to_publish
from .service_role import ServiceRole
from .task import ECS_TASKS, Task


def deployment_role(
    scope: Construct,
    id_: str,
    *,
    cluster_arn: str,
    task: Task,
    load_balancer: LoadBalancer,
    hook: Hook,
    account: Account,
    settings: Settings,
) -> ServiceRole:
    statements = (
        *_tasks(cluster_arn, account, Names.of(settings)),
        *_traffic(load_balancer, account, Names.of(settings)),
        allow("lambda:InvokeFunction", on=[hook.arn]),
        allow("cloudwatch:DescribeAlarms", on=_alarms(account, settings)),
        *to_publish(settings),
        allow(
            "iam:PassRole",
            on=[task.execution_role.arn, task.task_role.arn],
            condition={"StringEquals": {"iam:PassedToService": ECS_TASKS}},
        ),
    )
    name = f"{settings.prefix}-codedeploy"
    return ServiceRole(scope, id_, name=name, service="codedeploy.amazonaws.com", statements=statements)


def _alarms(account: Account, settings: Settings) -> list[str]:
    names = (f"{settings.prefix}-*", *settings.alarms.extra)
    return [account.arn("cloudwatch", f"alarm:{name}") for name in names]


def _tasks(cluster_arn: str, account: Account, names: Names) -> tuple[Statement, ...]:
    service = f"{names.cluster}/{names.service}"
    return (
        allow("ecs:DescribeServices", "ecs:UpdateServicePrimaryTaskSet", on=[account.arn("ecs", f"service/{service}")]),
        # A task set has no ARN before it is made: the cluster is what IAM can hold this to.
        allow_everywhere("ecs:CreateTaskSet", condition={"ArnEquals": {"ecs:cluster": cluster_arn}}),
        allow("ecs:DeleteTaskSet", on=[account.arn("ecs", f"task-set/{service}/*")]),
    )


def _traffic(load_balancer: LoadBalancer, account: Account, names: Names) -> tuple[Statement, ...]:
    describe = tuple(f"elasticloadbalancing:Describe{what}" for what in ("TargetGroups", "Listeners", "Rules"))
    listeners = [load_balancer.production_listener.arn, load_balancer.test_listener.arn]
    rules = account.arn("elasticloadbalancing", f"listener-rule/app/{names.load_balancer}/*")
    return (
        allow_everywhere(*describe),
        allow("elasticloadbalancing:ModifyListener", on=listeners),
        allow("elasticloadbalancing:ModifyRule", on=[rules]),
    )
