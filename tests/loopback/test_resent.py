"""A call of EC2 that an SDK sends again, because its answer was lost, is done once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from botocore.exceptions import ClientError

RULE = {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "10.0.0.0/16"}]}


@pytest.fixture
def ec2(client: Callable[[str], Any]) -> Any:
    return client("ec2")


@pytest.fixture
def group(ec2: Any) -> str:
    name = str(uuid.uuid4())
    return ec2.create_security_group(GroupName=name, Description=name)["GroupId"]


def name_calls(ec2: Any, call: str) -> None:
    """Let all calls from now on be attempts of one."""

    def name(request: Any, **_: Any) -> None:
        request.headers["amz-sdk-invocation-id"] = call

    ec2.meta.events.register("before-send.ec2", name)


def test_the_second_attempt_gets_the_answer_of_the_first(ec2: Any, group: str) -> None:
    name_calls(ec2, str(uuid.uuid4()))
    rules = [ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[RULE]) for _ in range(2)]
    assert rules[0]["SecurityGroupRules"] == rules[1]["SecurityGroupRules"]


def test_another_call_of_the_same_kind_is_another_call(ec2: Any, group: str) -> None:
    ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[RULE])
    with pytest.raises(ClientError, match=r"InvalidPermission\.Duplicate"):
        ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[RULE])


def test_a_refusal_is_not_remembered(ec2: Any, group: str) -> None:
    name_calls(ec2, str(uuid.uuid4()))
    with pytest.raises(ClientError):
        ec2.authorize_security_group_ingress(GroupId="sg-0123456789abcdef0", IpPermissions=[RULE])
    assert ec2.authorize_security_group_ingress(GroupId=group, IpPermissions=[RULE])["SecurityGroupRules"]
