"""AWS's own policies, which are there for whoever asks, and not before."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from bluegreen.loopback.iam import models
from tests.loopback.roles import HOOK_LOG, allow, document

from .conftest import Clients, Member

OWN = "arn:aws:iam::123456789012:policy/own"


@pytest.fixture(scope="module")
def iam(client: Clients) -> Any:
    iam = client("iam")
    iam.create_policy(PolicyName="own", PolicyDocument=document(allow("sqs:*")))
    return iam


def _listed(iam: Any, scope: str) -> set[str]:
    pages = iam.get_paginator("list_policies").paginate(Scope=scope)
    return {policy["Arn"] for page in pages for policy in page["Policies"]}


def test_the_accounts_own_policies_stand_beside_those_of_aws(iam: Any):
    by_aws = _listed(iam, "AWS")
    assert {HOOK_LOG, "arn:aws:iam::aws:policy/AdministratorAccess"} <= by_aws
    assert _listed(iam, "Local") == {OWN}
    assert _listed(iam, "All") == by_aws | {OWN}


@pytest.mark.parametrize(
    ("wanted", "has_aws", "has_own"), [("AWSManagedPolicy", True, False), ("LocalManagedPolicy", False, True)]
)
def test_the_details_of_the_account_tell_both_kinds_apart(iam: Any, wanted: str, has_aws: bool, has_own: bool):
    pages = iam.get_paginator("get_account_authorization_details").paginate(Filter=[wanted])
    told = {policy["Arn"] for page in pages for policy in page["Policies"]}
    assert (HOOK_LOG in told, OWN in told) == (has_aws, has_own)


def test_what_a_policy_of_aws_grants_is_granted(member: Member, iam: Any):
    ecs = member.client("ecs")
    with pytest.raises(ecs.exceptions.ClientError, match="AccessDeniedException"):
        ecs.list_clusters()
    iam.attach_role_policy(RoleName=member.name, PolicyArn="arn:aws:iam::aws:policy/AmazonECS_FullAccess")
    assert ecs.list_clusters()["clusterArns"] == []


def test_a_policy_that_aws_does_not_have_is_attached_to_nobody(member: Member, iam: Any):
    with pytest.raises(iam.exceptions.NoSuchEntityException, match="policy/No does not exist"):
        iam.attach_role_policy(RoleName=member.name, PolicyArn="arn:aws:iam::aws:policy/No")


def test_a_caller_who_asks_for_no_policy_does_not_wait_for_them(monkeypatch: pytest.MonkeyPatch):
    read = []
    monkeypatch.setitem(models._READ_WHEN_ASKED_FOR, "aws_managed_policies", lambda backend: read.append(backend) or [])
    china = models.LoopbackIAMBackend("aws-cn", "123456789012")
    assert (china.access_keys, read) == ({}, [])
    assert (china.managed_policies, read) == ({}, [china])
    assert (china.managed_policies, read) == ({}, [china])


def test_policies_that_are_made_at_once_are_all_kept():
    backend = models.LoopbackIAMBackend("aws", "123456789012")
    names = [f"own-{number}" for number in range(8)]

    def make(name: str) -> str:
        return backend.create_policy("", "/", document(allow("sqs:*")), name, []).arn

    with ThreadPoolExecutor(len(names)) as threads:
        made = list(threads.map(make, names))
    assert set(made) < set(backend.managed_policies)
