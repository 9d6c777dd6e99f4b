"""What the role that releases may do: the calls that `bluegreen` makes for one environment, on its resources alone."""

from __future__ import annotations

from bluegreen.release_target import parameter_name
from bluegreen.settings import Settings

from .account import Account
from .iam_policy import Statement, allow, allow_everywhere
from .names import Names

ECS_TASKS = "ecs-tasks.amazonaws.com"

# IAM offers no resource level for these.
UNSCOPED = (
    # CloudWatch offers one for it, but tells of composite alarms only to who may ask for all.
    "cloudwatch:DescribeAlarms",
    "codedeploy:BatchGetDeploymentTargets",
    "codedeploy:ContinueDeployment",
    "codedeploy:ListDeploymentConfigs",
    "codedeploy:ListDeploymentTargets",
    "codedeploy:StopDeployment",
    "ecr:GetAuthorizationToken",
    "ecs:DescribeTaskDefinition",
    "ecs:RegisterTaskDefinition",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeRules",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
)
PUSH = (
    "ecr:BatchCheckLayerAvailability",
    "ecr:BatchGetImage",
    "ecr:CompleteLayerUpload",
    "ecr:DescribeImages",
    "ecr:DescribeRepositories",
    "ecr:GetDownloadUrlForLayer",
    "ecr:InitiateLayerUpload",
    "ecr:PutImage",
    "ecr:UploadLayerPart",
)


def statements(environment: Settings, *, account: Account, bucket: str) -> tuple[Statement, ...]:
    """Return the policy's statements; each lists the resources of every service. Release records go into `bucket`."""
    services = environment.of_services()
    return (
        allow("ssm:GetParameter", on=[_parameter(service, account) for service in services]),
        allow(*PUSH, on=sorted({account.arn("ecr", f"repository/{service.repository}") for service in services})),
        *_deployments(services, account),
        *_revisions(services, account),
        *_tasks(services, account),
        *_records(environment, account, bucket),
        *_checks(services, account),
        allow("logs:FilterLogEvents", on=[_hook_logs(service, account) for service in services]),
        allow("logs:GetLogEvents", on=[_task_logs(service, account) for service in services]),
        allow_everywhere(*UNSCOPED),
    )


def _checks(services: tuple[Settings, ...], account: Account) -> tuple[Statement, ...]:
    """What `verify` asks: the hook how it is set up, and IAM whom CodeDeploy's role and the task's two trust."""
    roles = [f"role/{service.prefix}-{one}" for service in services for one in ("codedeploy", "execution", "task")]
    return (
        allow(
            "lambda:GetFunctionConfiguration",
            "lambda:InvokeFunction",
            on=[_hook(service, account) for service in services],
        ),
        allow("iam:GetRole", on=[account.global_arn("iam", one) for one in roles]),
    )


def _parameter(service: Settings, account: Account) -> str:
    return account.arn("ssm", f"parameter{parameter_name(service.name, service.service_name)}")


def _hook(service: Settings, account: Account) -> str:
    """How long the hook may take, and where it logs, is the function's to say."""
    return account.arn("lambda", f"function:{Names.of(service).hook}")


def _hook_logs(service: Settings, account: Account) -> str:
    return account.arn("logs", f"log-group:{Names.of(service).hook_log_group}:*")


def _task_logs(service: Settings, account: Account) -> str:
    """The last lines of a task that ended: the reason of a release that failed."""
    return account.arn("logs", f"log-group:{Names.of(service).task_log_group}:*")


def _records(environment: Settings, account: Account, bucket: str) -> tuple[Statement, ...]:
    return (
        allow("s3:GetObject", "s3:PutObject", on=[account.bucket_arn(bucket, f"releases/{environment.name}/*")]),
        # Without it a record that is not there looks like one that may not be read.
        allow("s3:ListBucket", on=[account.bucket_arn(bucket)]),
    )


def _deployments(services: tuple[Settings, ...], account: Account) -> tuple[Statement, ...]:
    every = [Names.of(service) for service in services]
    groups = [account.arn("codedeploy", f"deploymentgroup:{n.application}/{n.deployment_group}") for n in every]
    applications = [account.arn("codedeploy", f"application:{n.application}") for n in every]
    verbs = ("BatchGetDeployments", "CreateDeployment", "GetDeployment", "GetDeploymentGroup", "ListDeployments")
    # AWS's own configurations, and those of this environment.
    configurations = [f"deploymentconfig:{name}-*" for name in (services[0].name,)]
    return (
        allow(*(f"codedeploy:{verb}" for verb in verbs), on=groups),
        allow("codedeploy:GetApplicationRevision", "codedeploy:RegisterApplicationRevision", on=applications),
        allow(
            "codedeploy:GetDeploymentConfig",
            on=[account.arn("codedeploy", one) for one in ("deploymentconfig:CodeDeployDefault.*", *configurations)],
        ),
    )


def _revisions(services: tuple[Settings, ...], account: Account) -> tuple[Statement, ...]:
    families = [account.arn("ecs", f"task-definition/{service.family}:*") for service in services]
    roles = [account.global_arn("iam", f"role/{s.prefix}-{one}") for s in services for one in ("execution", "task")]
    return (
        allow(
            "ecs:TagResource",
            on=families,
            condition={"StringEquals": {"ecs:CreateAction": "RegisterTaskDefinition"}},
        ),
        allow("iam:PassRole", on=roles, condition={"StringEquals": {"iam:PassedToService": ECS_TASKS}}),
    )


def _tasks(services: tuple[Settings, ...], account: Account) -> tuple[Statement, ...]:
    cluster = Names.of(services[0]).cluster
    in_cluster = {"ArnEquals": {"ecs:cluster": account.arn("ecs", f"cluster/{cluster}")}}
    return (
        allow(
            "ecs:DescribeServices",
            on=[account.arn("ecs", f"service/{cluster}/{Names.of(s).service}") for s in services],
        ),
        allow("ecs:DescribeTasks", on=[account.arn("ecs", f"task/{cluster}/*")]),
        # A list has no ARN; the cluster is what IAM can hold it to.
        allow_everywhere("ecs:ListTasks", condition=in_cluster),
    )
