"""What an account holds, as its own API tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Client = Callable[[str], Any]

# service, operation, the list in the answer, the name of an entry (itself where None)
LISTINGS: tuple[tuple[str, str, str, str | None], ...] = (
    ("ec2", "describe_vpcs", "Vpcs", "VpcId"),
    ("ec2", "describe_subnets", "Subnets", "SubnetId"),
    ("ec2", "describe_security_groups", "SecurityGroups", "GroupId"),
    ("ec2", "describe_route_tables", "RouteTables", "RouteTableId"),
    ("ec2", "describe_internet_gateways", "InternetGateways", "InternetGatewayId"),
    ("ec2", "describe_addresses", "Addresses", "AllocationId"),
    ("ec2", "describe_network_interfaces", "NetworkInterfaces", "NetworkInterfaceId"),
    ("elbv2", "describe_load_balancers", "LoadBalancers", "LoadBalancerArn"),
    ("elbv2", "describe_target_groups", "TargetGroups", "TargetGroupArn"),
    ("ecr", "describe_repositories", "repositories", "repositoryArn"),
    ("codedeploy", "list_applications", "applications", None),
    ("lambda", "list_functions", "Functions", "FunctionArn"),
    ("iam", "list_roles", "Roles", "Arn"),
    ("logs", "describe_log_groups", "logGroups", "logGroupName"),
    ("ssm", "describe_parameters", "Parameters", "Name"),
    ("apigatewayv2", "get_apis", "Items", "ApiId"),
    ("apigatewayv2", "get_vpc_links", "Items", "VpcLinkId"),
    ("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmArn"),
)
# A NAT gateway and a VPC endpoint stay listed for a while after they were deleted.
GONE = {"deleted", "deleting"}


def take(client: Client) -> frozenset[str]:
    """Return `service:name` of everything that the account holds and somebody could be charged for or trip over."""
    return frozenset([*_listed(client), *_with_state(client), *_clusters(client)])


def revisions(client: Client) -> tuple[str, ...]:
    """Return `family:revision` of every active task definition."""
    pages = client("ecs").get_paginator("list_task_definitions").paginate(status="ACTIVE")
    return tuple(arn.rsplit("/", 1)[-1] for page in pages for arn in page["taskDefinitionArns"])


def _listed(client: Client) -> Iterator[str]:
    for service, operation, key, name in LISTINGS:
        for entry in _entries(client(service), operation, key):
            yield f"{service}:{entry if name is None else entry[name]}"


def _entries(service: Any, operation: str, key: str) -> Iterator[Any]:
    if service.can_paginate(operation):
        for page in service.get_paginator(operation).paginate():
            yield from page[key]
    else:
        yield from getattr(service, operation)()[key]


def _with_state(client: Client) -> Iterator[str]:
    ec2 = client("ec2")
    for gateway in ec2.describe_nat_gateways()["NatGateways"]:
        if gateway["State"] not in GONE:
            yield f"ec2:{gateway['NatGatewayId']}"
    for endpoint in ec2.describe_vpc_endpoints()["VpcEndpoints"]:
        if endpoint["State"].lower() not in GONE:
            yield f"ec2:{endpoint['VpcEndpointId']}"


def _clusters(client: Client) -> Iterator[str]:
    ecs = client("ecs")
    arns = ecs.list_clusters()["clusterArns"]
    for cluster in ecs.describe_clusters(clusters=arns)["clusters"] if arns else ():
        if cluster["status"] == "ACTIVE":
            yield f"ecs:{cluster['clusterArn']}"
            yield from (f"ecs:{arn}" for arn in ecs.list_services(cluster=cluster["clusterArn"])["serviceArns"])
