"""A deployment that ECS or CodeDeploy turns down: what is missing, by name."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.loopback.roles import CODEDEPLOY, LAMBDA, document, trust
from tests.release.live.moment import live
from tests.release.live.reasons.end import NAME, Run, outcome

pytestmark = pytest.mark.slow


def test_a_container_port_that_is_not_there(
    run: Run, account: Any, register: Callable[..., str], begin: Callable[..., str]
) -> None:
    found = outcome(run, account, begin(register(), port=443), live(account))
    assert found["error_code"] == "ECS_UPDATE_ERROR"
    assert "container port 443" in found["reason"]
    assert "container port agree" in found["next_step"]


def test_a_revision_that_was_deregistered(
    run: Run, account: Any, register: Callable[..., str], begin: Callable[..., str]
) -> None:
    gone = register()
    account.client("ecs").deregister_task_definition(taskDefinition=gone)
    found = outcome(run, account, begin(gone), live(account))
    assert found["error_code"] == "ECS_UPDATE_ERROR"
    assert "inactive" in found["reason"]
    assert "was deregistered" in found["next_step"]


def test_a_hook_that_is_not_there(
    run: Run, account: Any, register: Callable[..., str], begin: Callable[..., str]
) -> None:
    nowhere = account.made["hook"].rpartition(":")[0] + ":CodeDeployHook_nowhere"
    found = outcome(run, account, begin(register(), hook=nowhere), live(account))
    assert found["error_code"] == "INVALID_LAMBDA_FUNCTION"
    assert "CodeDeployHook_nowhere" in found["reason"]
    assert "make the hook function" in found["next_step"]


@pytest.fixture
def no_invoke(account: Any) -> Iterator[None]:
    """Take from CodeDeploy's role the right to call the hook."""
    iam = account.client("iam")
    deny = {"Effect": "Deny", "Action": "lambda:InvokeFunction", "Resource": "*"}
    iam.put_role_policy(RoleName="codedeploy", PolicyName="own", PolicyDocument=document(deny))
    yield
    iam.delete_role_policy(RoleName="codedeploy", PolicyName="own")


def test_a_role_that_may_not_call_the_hook(
    run: Run, account: Any, register: Callable[..., str], begin: Callable[..., str], no_invoke: None
) -> None:
    found = outcome(run, account, begin(register()), live(account))
    assert found["error_code"] == "IAM_ROLE_PERMISSIONS"
    assert found["reason"].endswith("AWSLambda. (IAM_ROLE_PERMISSIONS) during BeforeAllowTraffic")
    assert found["next_step"].startswith(f"grant lambda:InvokeFunction on {account.made['hook']}")


@pytest.fixture
def no_trust(account: Any) -> Iterator[None]:
    """Let CodeDeploy's role trust somebody else."""
    iam = account.client("iam")
    iam.update_assume_role_policy(RoleName="codedeploy", PolicyDocument=trust(LAMBDA))
    yield
    iam.update_assume_role_policy(RoleName="codedeploy", PolicyDocument=trust(CODEDEPLOY))


def test_a_role_that_codedeploy_cannot_take(
    run: Run, account: Any, register: Callable[..., str], begin: Callable[..., str], no_trust: None
) -> None:
    found = outcome(run, account, begin(register()), live(account))
    assert found["error_code"] == "IAM_ROLE_MISSING"
    assert "with trust in CodeDeploy" in found["next_step"]


@pytest.mark.parametrize(
    ("body", "code", "step"),
    [(None, "REVISION_MISSING", "upload the revision again"), (b"no zip", "INVALID_REVISION", "mend the AppSpec")],
    ids=["gone", "no AppSpec"],
)
def test_a_revision_in_s3(run: Run, account: Any, body: bytes | None, code: str, step: str) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("README", "no AppSpec")
    key = f"revision-{code}.zip"
    if body:
        account.client("s3").put_object(Bucket=NAME, Key=key, Body=archive.getvalue())
    location = {"bucket": NAME, "key": key, "bundleType": "zip"}
    deployment_id = account.client("codedeploy").create_deployment(
        applicationName=NAME, deploymentGroupName=NAME, revision={"revisionType": "S3", "s3Location": location}
    )["deploymentId"]
    found = outcome(run, account, deployment_id, live(account))
    assert found["error_code"] == code
    assert step in found["next_step"]
