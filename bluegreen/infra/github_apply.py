"""What the role that applies may do: make, change and destroy one environment, known by its name or by its tag."""

from __future__ import annotations

from bluegreen.settings import Settings, state_key

from . import github_apply_network, github_plan
from .account import Account
from .environment_arns import EnvironmentArns
from .iam_policy import Statement, allow, allow_everywhere

# Whom the environment's roles may be handed to.
SERVICES = (
    "codedeploy.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    "lambda.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
)
LINKED = (
    "ecs.amazonaws.com",
    "ecs.application-autoscaling.amazonaws.com",
    "elasticloadbalancing.amazonaws.com",
    "ops.apigateway.amazonaws.com",
)
"""Services whose own role an account gets when the first of their kind is made in it."""

# IAM offers no resource level for these; an access log of an HTTP API is a delivery.
UNSCOPED = (
    "ecs:RegisterTaskDefinition",
    *(f"logs:{verb}LogDelivery" for verb in ("Create", "Delete", "Get", "Update")),
    "logs:DescribeResourcePolicies",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
)

# An HTTP API's ARN holds an id that nobody knows before it is made, as that of a scalable target does.
BY_ID = (
    "route53:GetChange",
    *(f"apigateway:{verb}" for verb in ("DELETE", "GET", "PATCH", "POST", "PUT", "TagResource", "UntagResource")),
    *(f"application-autoscaling:{verb}" for verb in ("ListTagsForResource", "TagResource", "UntagResource")),
)
BY_CONDITION = (
    *(f"application-autoscaling:{verb}ScalableTarget" for verb in ("Deregister", "Register")),
    *(f"application-autoscaling:{verb}ScalingPolicy" for verb in ("Delete", "Put")),
    "iam:CreateServiceLinkedRole",
)


def statements(environment: Settings, *, account: Account, bucket: str) -> tuple[Statement, ...]:
    """Return the statements of what it changes; what it looks at is in github_plan."""
    arns = EnvironmentArns(environment=environment, account=account)
    return (
        allow("s3:PutObject", on=[account.bucket_arn(bucket, state_key(environment.name))]),
        *github_apply_network.statements(environment.name, account=account),
        *_roles(arns),
        *_release_control(arns),
        *_service(arns),
        *_around(arns),
    )


def _each(service: str, verbs: str, on: list[str]) -> Statement:
    return allow(*(f"{service}:{verb}" for verb in verbs.split()), on=on)


def _roles(arns: EnvironmentArns) -> tuple[Statement, ...]:
    verbs = "CreateRole DeleteRole DeleteRolePolicy PutRolePolicy TagRole UntagRole UpdateAssumeRolePolicy UpdateRole"
    linked = arns.account.global_arn("iam", "role/aws-service-role/*")
    return (
        _each("iam", verbs, arns.roles),
        allow("iam:PassRole", on=arns.roles, condition={"StringEquals": {"iam:PassedToService": list(SERVICES)}}),
        allow(
            "iam:CreateServiceLinkedRole",
            on=[linked],
            condition={"StringEquals": {"iam:AWSServiceName": list(LINKED)}},
        ),
    )


def _release_control(arns: EnvironmentArns) -> tuple[Statement, ...]:
    made = (f"{verb}{what}" for what in ("Application", "DeploymentGroup") for verb in ("Create", "Delete", "Update"))
    codedeploy = " ".join((*made, "CreateDeploymentConfig DeleteDeploymentConfig TagResource UntagResource"))
    function = (
        "CreateFunction DeleteFunction UpdateFunctionCode UpdateFunctionConfiguration PutFunctionConcurrency "
        "DeleteFunctionConcurrency TagResource UntagResource"
    )
    return (
        _each("codedeploy", codedeploy, arns.deployments),
        _each("lambda", function, arns.functions),
        _each("ssm", "PutParameter DeleteParameter AddTagsToResource RemoveTagsFromResource", arns.parameters),
        _each("cloudwatch", "PutMetricAlarm DeleteAlarms TagResource UntagResource", arns.alarms),
    )


def _service(arns: EnvironmentArns) -> tuple[Statement, ...]:
    ecs = (
        "CreateCluster DeleteCluster UpdateCluster PutClusterCapacityProviders CreateService DeleteService "
        "UpdateService TagResource UntagResource"
    )
    balancing = (
        "CreateLoadBalancer DeleteLoadBalancer ModifyLoadBalancerAttributes SetSecurityGroups SetSubnets "
        "SetIpAddressType CreateTargetGroup DeleteTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes "
        "CreateListener DeleteListener ModifyListener ModifyListenerAttributes AddTags RemoveTags"
    )
    scaling = "RegisterScalableTarget DeregisterScalableTarget PutScalingPolicy DeleteScalingPolicy"
    scaled = [arns.account.arn("application-autoscaling", "scalable-target/*")]
    of_ecs = {"StringEquals": {"application-autoscaling:service-namespace": "ecs"}}
    return (
        _each("ecs", ecs, arns.ecs),
        _each("elasticloadbalancing", balancing, arns.load_balancing),
        allow(*(f"application-autoscaling:{verb}" for verb in scaling.split()), on=scaled, condition=of_ecs),
        allow(
            *(f"application-autoscaling:{verb}" for verb in ("ListTagsForResource", "TagResource", "UntagResource")),
            on=scaled,
        ),
    )


def _around(arns: EnvironmentArns) -> tuple[Statement, ...]:
    logs = "CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy TagResource UntagResource"
    bucket = (
        "CreateBucket DeleteBucket PutBucketTagging PutBucketPolicy DeleteBucketPolicy PutBucketPublicAccessBlock "
        "PutBucketOwnershipControls PutEncryptionConfiguration PutLifecycleConfiguration"
    )
    there = [arns.account.own_arn("apigateway", path) for path in github_plan.HTTP_APIS]
    collections = [arns.account.own_arn("apigateway", path) for path in ("/apis", "/vpclinks", "/domainnames")]
    return (
        _each("logs", logs, arns.log_groups),
        _each("s3", bucket, arns.log_buckets),
        *(allow("route53:ChangeResourceRecordSets", on=[zone]) for zone in arns.hosted_zones),
        allow_everywhere(*UNSCOPED),
        _each("apigateway", "DELETE PATCH PUT UntagResource", there),
        _each("apigateway", "POST TagResource", [*collections, *there]),
    )
