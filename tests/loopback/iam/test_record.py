"""The record: what every call asks of IAM, and by whom."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bluegreen.loopback.iam import record
from tests.loopback.program import Program
from tests.loopback.roles import LAMBDA, TASKS, allow, make_role

from .conftest import ACCOUNT, REGION, Clients, Member

Asked = tuple[str, str | None]
EC2 = f"arn:aws:ec2:{REGION}:{ACCOUNT}"
TAGS = [{"Key": "environment", "Value": "sample"}]


@pytest.fixture
def asked(tmp_path: Path) -> Iterator[Callable[[], list[dict[str, Any]]]]:
    """Return a function that returns what was asked since it was last called."""
    file, read = tmp_path / "record.jsonl", 0
    kept = record.Record(file)
    record.install(kept)

    def asked() -> list[dict[str, Any]]:
        nonlocal read
        lines = file.read_text().splitlines()
        read, new = len(lines), lines[read:]
        return [json.loads(line) for line in new]

    yield asked
    record.install(None)
    kept.close()


def _pairs(found: list[dict[str, Any]]) -> list[Asked]:
    return [(one["action"], one["resource"]) for one in found]


def test_a_call_is_recorded_with_the_key_that_signed_it(asked: Any, client: Clients) -> None:
    client("ecr").create_repository(repositoryName="shop/api", tags=TAGS)
    found = asked()
    arn = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/shop/api"
    assert _pairs(found) == [("ecr:CreateRepository", arn), ("ecr:TagResource", arn)]
    assert {(one["caller"], one["allowed"]) for one in found} == {("any", True)}


def test_a_role_is_recorded_with_its_arn_and_what_it_was_refused(asked: Any, member: Member) -> None:
    member.may(allow("ecs:ListClusters"))
    asked()
    member.client("ecs").list_clusters()
    with pytest.raises(Exception, match="not authorized"):
        member.client("ssm").get_parameter(Name="/shop/key")
    seen = [(one["caller"], one["action"], one["resource"], one["allowed"]) for one in asked()]
    parameter = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/shop/key"
    assert seen == [
        (member.arn, "ecs:ListClusters", "*", True),
        (member.arn, "ssm:GetParameter", parameter, False),
    ]


def test_what_ec2_makes_has_the_tags_of_the_request_and_what_is_there_its_own(asked: Any, client: Clients) -> None:
    ec2, made = client("ec2"), [{"ResourceType": "vpc", "Tags": TAGS}]
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=made)["Vpc"]["VpcId"]
    assert [(one["action"], one["resource"], one["context"]) for one in asked()] == [
        ("ec2:CreateVpc", f"{EC2}:vpc/*", {"aws:RequestTag/environment": ["sample"], "aws:TagKeys": ["environment"]}),
        (
            "ec2:CreateTags",
            f"{EC2}:vpc/*",
            {
                "aws:RequestTag/environment": ["sample"],
                "aws:TagKeys": ["environment"],
                "ec2:CreateAction": ["CreateVpc"],
            },
        ),
    ]
    ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")
    (one,) = asked()
    assert (one["action"], one["resource"]) == ("ec2:CreateSubnet", f"{EC2}:vpc/{vpc}")
    assert one["context"] == {"aws:ResourceTag/environment": ["sample"]}


def test_an_association_is_that_of_its_route_table(asked: Any, client: Clients) -> None:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    table = ec2.create_route_table(VpcId=vpc)["RouteTable"]["RouteTableId"]
    association = ec2.associate_route_table(RouteTableId=table, SubnetId=subnet)["AssociationId"]
    asked()
    ec2.disassociate_route_table(AssociationId=association)
    assert _pairs(asked()) == [("ec2:DisassociateRouteTable", f"{EC2}:route-table/{table}")]


def test_an_association_is_that_of_its_address(asked: Any, client: Clients) -> None:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.1.0/24")["Subnet"]["SubnetId"]
    interface = ec2.create_network_interface(SubnetId=subnet)["NetworkInterface"]["NetworkInterfaceId"]
    address = ec2.allocate_address(Domain="vpc")["AllocationId"]
    association = ec2.associate_address(AllocationId=address, NetworkInterfaceId=interface)["AssociationId"]
    asked()
    ec2.disassociate_address(AssociationId=association)
    assert _pairs(asked()) == [("ec2:DisassociateAddress", f"{EC2}:elastic-ip/{address}")]


def test_a_rule_that_goes_is_asked_about_as_its_group(asked: Any, client: Clients) -> None:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    group = ec2.create_security_group(GroupName="one", Description="one", VpcId=vpc)["GroupId"]
    (rule,) = ec2.describe_security_group_rules(Filters=[{"Name": "group-id", "Values": [group]}])["SecurityGroupRules"]
    asked()
    ec2.revoke_security_group_egress(GroupId=group, SecurityGroupRuleIds=[rule["SecurityGroupRuleId"]])
    assert _pairs(asked()) == [("ec2:RevokeSecurityGroupEgress", f"{EC2}:security-group/{group}")]


def test_tags_of_a_listener_are_put_on_it_and_not_on_its_load_balancer(asked: Any, client: Clients) -> None:
    ec2, elb = client("ec2"), client("elbv2")
    vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    zones = [(f"{REGION}a", "10.0.1.0/24"), (f"{REGION}b", "10.0.2.0/24")]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=block, AvailabilityZone=zone)["Subnet"]["SubnetId"]
        for zone, block in zones
    ]
    (balancer,) = elb.create_load_balancer(Name="one", Subnets=subnets, Scheme="internal")["LoadBalancers"]
    arn = balancer["LoadBalancerArn"]
    asked()
    fixed = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "200"}}
    elb.create_listener(LoadBalancerArn=arn, Protocol="HTTP", Port=80, DefaultActions=[fixed], Tags=TAGS)
    listener = arn.replace(":loadbalancer/", ":listener/") + "/*"
    assert _pairs(asked()) == [
        ("elasticloadbalancing:CreateListener", arn),
        ("elasticloadbalancing:AddTags", listener),
    ]


def test_tags_of_a_revision_are_put_on_its_family(asked: Any, client: Clients) -> None:
    container = {"name": "api", "image": "api:1", "memory": 512}
    tags = [{"key": "team", "value": "one"}]
    client("ecs").register_task_definition(family="api", containerDefinitions=[container], tags=tags)
    family = f"arn:aws:ecs:{REGION}:{ACCOUNT}:task-definition/api:*"
    assert _pairs(asked()) == [("ecs:RegisterTaskDefinition", "*"), ("ecs:TagResource", family)]


def test_roles_that_a_call_hands_on_are_passed(asked: Any, client: Clients) -> None:
    role = make_role(client("iam"), "handed-on", TASKS)
    asked()
    container = {"name": "api", "image": "api:1", "memory": 512}
    client("ecs").register_task_definition(family="api", taskRoleArn=role, containerDefinitions=[container])
    found = asked()
    assert _pairs(found) == [("ecs:RegisterTaskDefinition", "*"), ("iam:PassRole", role)]
    assert found[1]["context"] == {"iam:PassedToService": ["ecs-tasks.amazonaws.com"]}


@pytest.mark.parametrize(
    ("service", "call", "expected"),
    [
        (
            "codedeploy",
            lambda codedeploy: codedeploy.list_deployment_configs(),
            ("codedeploy:ListDeploymentConfigs", "*"),
        ),
        ("elbv2", lambda elb: elb.describe_load_balancers(), ("elasticloadbalancing:DescribeLoadBalancers", "*")),
        ("ecr", lambda ecr: ecr.get_authorization_token(), ("ecr:GetAuthorizationToken", "*")),
        ("ssm", lambda ssm: ssm.describe_parameters(), ("ssm:DescribeParameters", "*")),
        (
            "apigatewayv2",
            lambda api: api.get_apis(),
            ("apigateway:GET", f"arn:aws:apigateway:{REGION}::/apis"),
        ),
        (
            "logs",
            lambda logs: logs.create_log_group(logGroupName="/ecs/shop"),
            ("logs:CreateLogGroup", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/ecs/shop:log-stream:"),
        ),
        (
            "iam",
            lambda iam: iam.create_role(RoleName="shop-task", AssumeRolePolicyDocument="{}"),
            ("iam:CreateRole", f"arn:aws:iam::{ACCOUNT}:role/shop-task"),
        ),
    ],
)
def test_a_call_names_what_it_is_about(asked: Any, client: Clients, service: str, call: Any, expected: Asked) -> None:
    call(client(service))
    assert _pairs(asked()) == [expected]


def test_the_command_keeps_a_record(tmp_path: Path) -> None:
    file = tmp_path / "record.jsonl"
    program = Program(tmp_path / "folder", "--record", str(file))
    try:
        make_role(program.client("iam"), "hook", LAMBDA)
    finally:
        program.end()
    (line,) = [json.loads(line) for line in file.read_text().splitlines()]
    assert line == {
        "caller": "any",
        "action": "iam:CreateRole",
        "resource": f"arn:aws:iam::{ACCOUNT}:role/hook",
        "context": {},
        "allowed": True,
    }
