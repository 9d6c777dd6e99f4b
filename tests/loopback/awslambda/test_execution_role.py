"""The role that a function runs with: whether Lambda takes it, and what it decides."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.loopback.roles import CODEDEPLOY, HOOK_LOG, LAMBDA, REPORT, allow, document, make_role, trust

NOT_ASSUMABLE = "The role defined for the function cannot be assumed by Lambda."
ASK = """
import botocore.session
from botocore.exceptions import ClientError
client = botocore.session.get_session().create_client(event["service"])
try:
    getattr(client, event["call"])(**event["with"])
    answer("allowed")
except ClientError as error:
    print("refused:", error, flush=True)
    answer(error.response["Error"])
"""
REPORTING = {"deploymentId": "d-123456789", "lifecycleEventHookExecutionId": "x", "status": "Succeeded"}
QUESTION = {"service": "codedeploy", "call": "put_lifecycle_event_hook_execution_status", "with": REPORTING}


@pytest.fixture
def named() -> str:
    return f"role-{uuid.uuid4().hex[:8]}"


@pytest.mark.parametrize("other", [CODEDEPLOY, "ec2.amazonaws.com"])
def test_a_role_that_does_not_trust_lambda_is_refused(deploy, client, named, other) -> None:
    foreign = make_role(client("iam"), named, other, attached=HOOK_LOG)
    with pytest.raises(ClientError, match="InvalidParameterValueException.*" + NOT_ASSUMABLE):
        deploy("answer(1)", role=foreign)
    with pytest.raises(ClientError, match=NOT_ASSUMABLE):
        client("lambda").update_function_configuration(FunctionName=deploy("answer(1)"), Role=foreign)
    with pytest.raises(ClientError, match=NOT_ASSUMABLE):
        deploy("answer(1)", role=f"{foreign}-which-is-not-there")


def test_a_function_in_a_vpc_needs_its_network_interfaces(deploy, client, named) -> None:
    iam, vpc = client("iam"), {"SubnetIds": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}
    role = make_role(iam, named, LAMBDA, attached=HOOK_LOG)
    words = "The provided execution role does not have permissions to call CreateNetworkInterface on EC2"
    with pytest.raises(ClientError, match=words):
        deploy("answer(1)", role=role, VpcConfig=vpc)
    iam.attach_role_policy(
        RoleName=named, PolicyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
    )
    subnet = client("ec2").describe_subnets()["Subnets"][0]["SubnetId"]
    deploy("answer(1)", role=role, VpcConfig={"SubnetIds": [subnet], "SecurityGroupIds": []})


def test_a_function_has_credentials_of_its_role_alone(deploy, client, named, log_of) -> None:
    role = make_role(client("iam"), named, LAMBDA, attached=HOOK_LOG)
    name = deploy(ASK, role=role, timeout=20)
    error = _asked(client, name)
    assert error["Code"] == "AccessDeniedException"
    assert error["Message"] == (
        f"User: arn:aws:sts::123456789012:assumed-role/{named}/{name} is not authorized to perform: {REPORT} on "
        f"resource: * because no identity-based policy allows the {REPORT} action"
    )
    assert any(line.startswith("refused:") for line in log_of(name))

    client("iam").put_role_policy(RoleName=named, PolicyName="report", PolicyDocument=document(allow(REPORT)))
    assert _asked(client, name)["Code"] == "DeploymentDoesNotExistException"


def test_two_functions_do_not_share_credentials(deploy, client, role) -> None:
    tell = "answer([os.environ['AWS_ACCESS_KEY_ID'], os.environ['AWS_SESSION_TOKEN']])"
    keys = [_answer(client, deploy(tell)) for _ in range(2)]
    assert keys[0][0] != keys[1][0]
    assert keys[0][1] != keys[1][1]
    assert min(len(token) for _, token in keys) >= 64


def test_a_role_without_the_logs_permission_leaves_no_log(deploy, client, named, log_of) -> None:
    name = deploy("print('said', flush=True)\nanswer(1)", role=make_role(client("iam"), named, LAMBDA))
    assert client("lambda").invoke(FunctionName=name)["Payload"].read() == b"1"
    assert log_of(name) == []
    write = allow("logs:CreateLogStream", "logs:PutLogEvents")
    client("iam").put_role_policy(RoleName=named, PolicyName="log", PolicyDocument=document(write))
    client("lambda").invoke(FunctionName=name)
    assert log_of(name) == []  # nobody has made the log group, and the role may not
    client("logs").create_log_group(logGroupName=f"/aws/lambda/{name}")
    client("lambda").invoke(FunctionName=name)
    assert "said" in log_of(name)


def test_a_role_that_stops_to_trust_lambda_ends_the_invocations(deploy, client, named, log_of) -> None:
    name = deploy("answer(1)", role=make_role(client("iam"), named, LAMBDA, attached=HOOK_LOG))
    assert _answer(client, name) == 1
    client("iam").update_assume_role_policy(RoleName=named, PolicyDocument=trust(CODEDEPLOY))
    with pytest.raises(ClientError, match="AccessDeniedException.*" + NOT_ASSUMABLE):
        client("lambda").invoke(FunctionName=name)
    lines = log_of(name)
    assert client("lambda").invoke(FunctionName=name, InvocationType="Event")["StatusCode"] == 202
    assert log_of(name) == lines


def _asked(client: Any, name: str) -> Any:
    return _answer(client, name, QUESTION)


def _answer(client: Any, name: str, event: Any = None) -> Any:
    answer = client("lambda").invoke(FunctionName=name, Payload=json.dumps(event).encode())
    return json.loads(answer["Payload"].read())
