"""What an account holds, as its own API tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Client = Callable[[str], Any]


@dataclass(frozen=True)
class Listing:
    """An operation that lists, the list in its answer, and the name of an entry (itself where empty)."""

    service: str
    operation: str
    key: str
    name: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)


LISTINGS = (
    Listing("ec2", "describe_vpcs", "Vpcs", "VpcId"),
    Listing("ec2", "describe_subnets", "Subnets", "SubnetId"),
    Listing("ec2", "describe_security_groups", "SecurityGroups", "GroupId"),
    Listing("ec2", "describe_route_tables", "RouteTables", "RouteTableId"),
    Listing("ec2", "describe_internet_gateways", "InternetGateways", "InternetGatewayId"),
    Listing("ec2", "describe_addresses", "Addresses", "AllocationId"),
    Listing("ec2", "describe_network_interfaces", "NetworkInterfaces", "NetworkInterfaceId"),
    Listing("ec2", "describe_flow_logs", "FlowLogs", "FlowLogId"),
    Listing("elbv2", "describe_load_balancers", "LoadBalancers", "LoadBalancerArn"),
    Listing("elbv2", "describe_target_groups", "TargetGroups", "TargetGroupArn"),
    Listing("ecr", "describe_repositories", "repositories", "repositoryArn"),
    Listing("codedeploy", "list_applications", "applications"),
    Listing("codedeploy", "list_deployment_configs", "deploymentConfigsList"),
    Listing("lambda", "list_functions", "Functions", "FunctionArn"),
    Listing("iam", "list_roles", "Roles", "Arn"),
    Listing("iam", "list_policies", "Policies", "Arn", {"Scope": "Local"}),
    Listing("logs", "describe_log_groups", "logGroups", "logGroupName"),
    Listing("s3", "list_buckets", "Buckets", "Name"),
    Listing("sns", "list_topics", "Topics", "TopicArn"),
    Listing("ssm", "describe_parameters", "Parameters", "Name"),
    Listing("apigatewayv2", "get_apis", "Items", "ApiId"),
    Listing("apigatewayv2", "get_vpc_links", "Items", "VpcLinkId"),
    Listing("apigatewayv2", "get_domain_names", "Items", "DomainName"),
    Listing("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmArn"),
    Listing(
        "application-autoscaling",
        "describe_scalable_targets",
        "ScalableTargets",
        "ResourceId",
        {"ServiceNamespace": "ecs"},
    ),
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
    for listing in LISTINGS:
        for entry in _entries(client(listing.service), listing):
            yield f"{listing.service}:{entry[listing.name] if listing.name else entry}"


def _entries(service: Any, listing: Listing) -> Iterator[Any]:
    if service.can_paginate(listing.operation):
        for page in service.get_paginator(listing.operation).paginate(**listing.asked):
            yield from page[listing.key]
    else:
        yield from getattr(service, listing.operation)(**listing.asked)[listing.key]


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
