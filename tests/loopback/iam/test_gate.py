"""What a role's session may do at the endpoint, in every API protocol there is, and who is not asked."""

from __future__ import annotations

import io
import urllib.error
import urllib.request
import zipfile
from typing import Any

import pytest
from botocore.exceptions import ClientError

from bluegreen.loopback.iam import gate
from bluegreen.loopback.server import Loopback
from tests.loopback.roles import LAMBDA, allow, make_role

from .conftest import ACCOUNT, REGION, Clients, Member

CALLER = f"arn:aws:sts::{ACCOUNT}:assumed-role"
ECS = f"arn:aws:ecs:{REGION}:{ACCOUNT}"
CODEDEPLOY = f"arn:aws:codedeploy:{REGION}:{ACCOUNT}"


def _refused(call: Any, /, **request: Any) -> tuple[str, str, int]:
    with pytest.raises(ClientError) as refusal:
        call(**request)
    answer = refusal.value.response
    return answer["Error"]["Code"], answer["Error"]["Message"], answer["ResponseMetadata"]["HTTPStatusCode"]


def _words(member: Member, action: str, resource: str) -> str:
    return (
        f"User: {CALLER}/{member.name}/me is not authorized to perform: {action} on resource: {resource} "
        f"because no identity-based policy allows the {action} action"
    )


def test_json_services_refuse_with_access_denied_exception(member: Member) -> None:
    ecs = member.client("ecs")
    words = _words(member, "ecs:DescribeServices", f"{ECS}:service/c/s")
    assert _refused(ecs.describe_services, cluster="c", services=["s"]) == ("AccessDeniedException", words, 400)
    codedeploy = member.client("codedeploy")
    words = _words(member, "codedeploy:GetApplication", f"{CODEDEPLOY}:application:a")
    assert _refused(codedeploy.get_application, applicationName="a") == ("AccessDeniedException", words, 400)


def test_a_call_in_cbor_is_judged_just_as_well(member: Member, loopback: Loopback) -> None:
    scope = f"{member.keys['AccessKeyId']}/20261124/{REGION}/codedeploy/aws4_request"
    headers = {
        "smithy-protocol": "rpc-v2-cbor",
        "Content-Type": "application/cbor",
        "Authorization": f"AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0",
        "X-Amz-Security-Token": member.keys["SessionToken"],
    }
    place = f"{loopback.endpoint}/service/CodeDeploy_20141006/operation/GetApplication"
    body = b"\xa1\x6fapplicationName\x61a"  # {"applicationName": "a"}
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(urllib.request.Request(place, body, headers))
    with refusal.value as answer:
        told = answer.read()
    assert (refusal.value.code, refusal.value.headers["smithy-protocol"]) == (400, "rpc-v2-cbor")
    assert b"AccessDeniedException" in told
    assert _words(member, "codedeploy:GetApplication", f"{CODEDEPLOY}:application:a").encode() in told


def test_query_services_refuse_with_access_denied(member: Member) -> None:
    elb = member.client("elbv2")
    words = _words(member, "elasticloadbalancing:DescribeTargetGroups", "*")
    assert _refused(elb.describe_target_groups, Names=["blue"]) == ("AccessDenied", words, 403)
    alarm = f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:red"
    code, message, _ = _refused(member.client("cloudwatch").describe_alarms, AlarmNames=["red"])
    assert code.startswith("AccessDenied")
    assert message == _words(member, "cloudwatch:DescribeAlarms", alarm)


def test_s3_refuses_with_access_denied(member: Member, bucket: Any) -> None:
    s3 = member.client("s3")
    words = _words(member, "s3:GetObject", "arn:aws:s3:::revisions/appspec.json")
    assert _refused(s3.get_object, Bucket="revisions", Key="appspec.json") == ("AccessDenied", words, 403)
    member.may(allow("s3:GetObject", on="arn:aws:s3:::revisions/*"))
    assert s3.get_object(Bucket="revisions", Key="appspec.json")["Body"].read()
    bucket.put_bucket_versioning(Bucket="revisions", VersioningConfiguration={"Status": "Enabled"})
    version = bucket.put_object(Bucket="revisions", Key="appspec.json", Body=b"2")["VersionId"]
    code, message, _ = _refused(s3.get_object, Bucket="revisions", Key="appspec.json", VersionId=version)
    assert (code, "s3:GetObjectVersion" in message) == ("AccessDenied", True)


def test_an_object_is_held_to_its_tags(member: Member, bucket: Any) -> None:
    tagged = {"StringEquals": {"s3:ExistingObjectTag/UseWithCodeDeploy": "true"}}
    member.may({**allow("s3:GetObject"), "Condition": tagged})
    bucket.put_object(Bucket="revisions", Key="tagged", Body=b"1", Tagging="UseWithCodeDeploy=true")
    bucket.put_object(Bucket="revisions", Key="plain", Body=b"1")
    s3 = member.client("s3")
    assert s3.get_object(Bucket="revisions", Key="tagged")["Body"].read() == b"1"
    assert _refused(s3.get_object, Bucket="revisions", Key="plain")[0] == "AccessDenied"


def test_a_function_with_a_qualifier_is_another_resource(member: Member, client: Clients) -> None:
    function = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:f"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("bootstrap", "")
    client("lambda").create_function(
        FunctionName="f",
        Runtime="provided.al2023",
        Handler="bootstrap",
        Role=make_role(client("iam"), "function", LAMBDA),
        Code={"ZipFile": content.getvalue()},
        Publish=True,
    )
    member.may(allow("lambda:InvokeFunction", on=function))
    functions = member.client("lambda")
    for name in ("f", function):
        assert functions.invoke(FunctionName=name, InvocationType="DryRun")["StatusCode"] == 204
    for request in (
        {"FunctionName": "f:1"},
        {"FunctionName": f"{function}:1"},
        {"FunctionName": "f", "Qualifier": "1"},
    ):
        code, message, status = _refused(functions.invoke, InvocationType="DryRun", **request)
        assert (code, status) == ("AccessDeniedException", 403)
        assert message == _words(member, "lambda:InvokeFunction", f"{function}:1")


def test_a_grant_is_effective_at_once_and_so_is_its_end(member: Member) -> None:
    member.may(allow("ecs:DescribeServices", on=f"{ECS}:service/c/*"))
    ecs = member.client("ecs")
    assert _refused(ecs.describe_services, cluster="c", services=["s"])[0] == "ClusterNotFoundException"
    assert _refused(ecs.describe_services, cluster="d", services=["s"])[0] == "AccessDeniedException"
    member.may(allow("ecs:DescribeClusters"))
    assert _refused(ecs.describe_services, cluster="c", services=["s"])[0] == "AccessDeniedException"


def test_a_boundary_says_that_it_was_the_boundary(member: Member, client: Clients) -> None:
    member.may(allow("ecs:*"))
    boundary = "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"
    client("iam").put_role_permissions_boundary(RoleName=member.name, PermissionsBoundary=boundary)
    message = _refused(member.client("ecs").describe_services, cluster="c", services=["s"])[1]
    assert message.endswith("because no permissions boundary allows the ecs:DescribeServices action")


def test_a_wrong_token_and_a_role_that_is_gone_are_no_session(member: Member, client: Clients) -> None:
    member.may(allow("*"))
    words = "The security token included in the request is invalid."
    refused = _refused(member.client("ecs", token="guessed").list_clusters)
    assert refused == ("UnrecognizedClientException", words, 403)
    client("iam").delete_role_policy(RoleName=member.name, PolicyName="own")
    client("iam").delete_role(RoleName=member.name)
    assert _refused(member.client("ecs").list_clusters) == ("UnrecognizedClientException", words, 403)
    assert _refused(member.client("elbv2").describe_listeners)[0] == "InvalidClientTokenId"


def test_everybody_may_ask_who_he_is_and_a_key_of_nobody_is_not_asked(member: Member, client: Clients) -> None:
    assert member.client("sts").get_caller_identity()["Arn"] == f"{CALLER}/{member.name}/me"
    assert client("ecs").list_clusters()["clusterArns"] == []


def test_what_was_asked_is_on_record(member: Member) -> None:
    member.may(allow("ecs:ListClusters"))
    member.client("ecs").list_clusters()
    _refused(member.client("ecs").describe_clusters)
    asked = [(one.request.action, one.allowed) for one in gate.asked() if one.role_arn == member.arn]
    assert asked == [("ecs:ListClusters", True), ("ecs:DescribeClusters", False)]
