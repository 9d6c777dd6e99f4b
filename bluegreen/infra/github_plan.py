"""What Terraform asks in order to plan an environment: what a role that plans may do, and one that applies as well."""

from __future__ import annotations

from bluegreen.settings import Settings, state_key

from .account import Account
from .environment_arns import EnvironmentArns
from .iam_policy import Statement, allow, allow_everywhere

# IAM offers no resource level for these.
UNSCOPED = (
    "application-autoscaling:DescribeScalableTargets",
    "application-autoscaling:DescribeScalingPolicies",
    *(
        f"ec2:Describe{what}"
        for what in (
            "Addresses",
            "AddressesAttribute",
            "AvailabilityZones",
            "FlowLogs",
            "InternetGateways",
            "NatGateways",
            "NetworkAcls",
            "NetworkInterfaces",
            "PrefixLists",
            "RouteTables",
            "SecurityGroupRules",
            "SecurityGroups",
            "Subnets",
            "VpcEndpoints",
            "Vpcs",
        )
    ),
    "ecs:DescribeTaskDefinition",
    *(
        f"elasticloadbalancing:Describe{what}"
        for what in (
            "CapacityReservation",
            "ListenerAttributes",
            "Listeners",
            "LoadBalancerAttributes",
            "LoadBalancers",
            "Rules",
            "Tags",
            "TargetGroupAttributes",
            "TargetGroups",
            "TargetHealth",
        )
    ),
    "logs:DescribeLogGroups",
    "ssm:DescribeParameters",
)
# An API's ARN holds an id that nobody knows before it is made.
HTTP_APIS = ("/apis/*", "/vpclinks/*", "/domainnames/*", "/tags/*")

BUCKET = (
    "s3:ListBucket",
    *(f"s3:Get{what}Configuration" for what in ("Accelerate", "Encryption", "Lifecycle", "Replication")),
    *(
        f"s3:GetBucket{what}"
        for what in (
            "Acl",
            "CORS",
            "Logging",
            "ObjectLockConfiguration",
            "OwnershipControls",
            "Policy",
            "PublicAccessBlock",
            "RequestPayment",
            "Tagging",
            "Versioning",
            "Website",
        )
    ),
)
"""All that Terraform reads of a bucket, whatever is set."""


def statements(environment: Settings, *, account: Account, bucket: str) -> tuple[Statement, ...]:
    """Return the statements that let a role read an environment and its state, and take the state's lock.

    A plan takes the lock too, or it would read a state half written.
    """
    key = account.bucket_arn(bucket, state_key(environment.name))
    return (
        allow_everywhere(*UNSCOPED),
        allow("apigateway:GET", on=[account.own_arn("apigateway", path) for path in HTTP_APIS]),
        allow(
            "ec2:DescribeVpcAttribute",
            on=[account.arn("ec2", "vpc/*")],
            condition={"StringEquals": {"aws:ResourceTag/environment": environment.name}},
        ),
        *_named(EnvironmentArns(environment=environment, account=account)),
        allow("s3:ListBucket", on=[account.bucket_arn(bucket)]),
        allow("s3:GetObject", on=[key]),
        allow("s3:GetObject", "s3:PutObject", "s3:DeleteObject", on=[f"{key}.tflock"]),
    )


def _named(arns: EnvironmentArns) -> tuple[Statement, ...]:
    roles = ("GetRole", "GetRolePolicy", "ListAttachedRolePolicies", "ListInstanceProfilesForRole", "ListRolePolicies")
    functions = ("GetFunction", "GetFunctionCodeSigningConfig", "GetFunctionConcurrency", "ListVersionsByFunction")
    deployments = ("GetApplication", "GetDeploymentConfig", "GetDeploymentGroup", "ListTagsForResource")
    return (
        allow(*(f"iam:{verb}" for verb in (*roles, "ListRoleTags")), on=arns.roles),
        allow(*(f"lambda:{verb}" for verb in (*functions, "ListTags")), on=arns.functions),
        allow(*(f"codedeploy:{verb}" for verb in deployments), on=arns.deployments),
        allow("ecs:DescribeClusters", "ecs:DescribeServices", "ecs:ListTagsForResource", on=arns.ecs),
        allow("ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:ListTagsForResource", on=arns.repositories),
        allow("logs:ListTagsForResource", on=arns.log_groups),
        allow("ssm:GetParameter", "ssm:GetParameters", "ssm:ListTagsForResource", on=arns.parameters),
        allow("cloudwatch:DescribeAlarms", "cloudwatch:ListTagsForResource", on=arns.alarms),
        allow(*BUCKET, on=arns.log_buckets),
        *_names(arns),
    )


def _names(arns: EnvironmentArns) -> tuple[Statement, ...]:
    if not arns.hosted_zones:
        return ()
    changes = [arns.account.worldwide_arn("route53", "change/*")]
    return (
        allow("route53:GetHostedZone", "route53:ListResourceRecordSets", on=arns.hosted_zones),
        allow("route53:GetChange", on=changes),
    )
