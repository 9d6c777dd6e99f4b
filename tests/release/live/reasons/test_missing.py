"""A deployment whose application, group or service is not there (any more) when it is to begin."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.release.live.moment import LIMIT, info, live, until
from tests.release.live.reasons.end import NAME, Run, events

pytestmark = pytest.mark.slow

DOOMED = "doomed"
OF = {"applicationName": DOOMED, "deploymentGroupName": DOOMED}
PORT = {"ContainerName": "rust-api", "ContainerPort": 3000}


@pytest.fixture
def doomed(account: Any) -> Iterator[Callable[[], str]]:
    """Make the environment one of an application of its own, whose group releases a service that was deleted.

    What is called makes both, starts a deployment of the group, and returns its id.
    """
    codedeploy = account.client("codedeploy")
    kept = codedeploy.get_deployment_group(applicationName=NAME, deploymentGroupName=NAME)["deploymentGroupInfo"]
    copied = ("serviceRoleArn", "deploymentStyle", "loadBalancerInfo", "blueGreenDeploymentConfiguration")
    service = {"clusterName": NAME, "serviceName": DOOMED}

    def start() -> str:
        codedeploy.delete_application(applicationName=DOOMED)
        codedeploy.create_application(applicationName=DOOMED, computePlatform="ECS")
        with a_service(account):
            codedeploy.create_deployment_group(**OF, ecsServices=[service], **{name: kept[name] for name in copied})
        return codedeploy.create_deployment(**OF, revision=revision(account))["deploymentId"]

    account.publish(application=DOOMED, deployment_group=DOOMED)
    yield start
    account.publish()
    codedeploy.delete_application(applicationName=DOOMED)


@contextmanager
def a_service(account: Any) -> Iterator[None]:
    """Make a service without tasks, which is there for a moment: no group may be made for one that is not."""
    ecs, made = account.client("ecs"), account.made
    network = {"subnets": [made["one"], made["two"]], "securityGroups": [], "assignPublicIp": "DISABLED"}
    ecs.create_service(
        cluster=NAME,
        serviceName=DOOMED,
        taskDefinition=made["template"],
        desiredCount=0,
        launchType="FARGATE",
        deploymentController={"type": "CODE_DEPLOY"},
        loadBalancers=[{"targetGroupArn": made["blue"], "containerName": "rust-api", "containerPort": 3000}],
        networkConfiguration={"awsvpcConfiguration": network},
    )
    yield
    ecs.delete_service(cluster=NAME, service=DOOMED, force=True)


def revision(account: Any) -> dict[str, Any]:
    """Return a revision that brings what is live."""
    properties = {"TaskDefinition": account.made["template"], "LoadBalancerInfo": PORT}
    resource = {"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}
    return {
        "revisionType": "AppSpecContent",
        "appSpecContent": {"content": json.dumps({"version": 0.0, "Resources": [resource]})},
    }


def failed(account: Any, deployment_id: str) -> str:
    """Wait for the end and return the error code."""
    until(account, deployment_id, "Failed")
    return info(account, deployment_id)["errorInformation"]["code"]


def told(run: Run, account: Any, deployment_id: str) -> dict[str, Any]:
    """Return the outcome that a watch tells; traffic is where it was."""
    ended = run("watch", deployment_id, "--json")
    assert (ended.code, ended.err) == (1, ""), ended.out
    found = events(ended)[-1]
    assert [share["revision"] for share in found["traffic"]] == [live(account)]
    return found


@pytest.mark.parametrize(
    ("deletes", "code", "reason", "step"),
    [
        (
            {"applicationName": DOOMED},
            "APPLICATION_MISSING",
            "The application was deleted before the deployment started. (APPLICATION_MISSING)",
            "make the CodeDeploy application again (`make deploy ENV=rehearsal` does that), then release again",
        ),
        (
            OF,
            "DEPLOYMENT_GROUP_MISSING",
            "The deployment group was deleted before the deployment started. (DEPLOYMENT_GROUP_MISSING)",
            "make the deployment group again (`make deploy ENV=rehearsal` does that), then release again",
        ),
    ],
    ids=["application", "group"],
)
def test_what_is_deleted_before_the_deployment_begins_is_named(
    run: Run, account: Any, doomed: Callable[[], str], deletes: dict[str, str], code: str, reason: str, step: str
) -> None:
    codedeploy = account.client("codedeploy")
    delete = codedeploy.delete_deployment_group if len(deletes) > 1 else codedeploy.delete_application
    deadline = time.monotonic() + LIMIT
    while True:  # it begins at once: the deletion has to come first
        deployment_id = doomed()
        delete(**deletes)
        if failed(account, deployment_id) == code:
            break
        assert time.monotonic() < deadline, info(account, deployment_id)
    found = told(run, account, deployment_id)
    assert (found["error_code"], found["reason"], found["next_step"]) == (code, reason, step)


def test_a_service_that_was_deleted_is_named(run: Run, account: Any, doomed: Callable[[], str]) -> None:
    found = told(run, account, doomed())
    assert (found["error_code"], found["notes"]) == ("INVALID_ECS_SERVICE", [])
    assert found["reason"] == f"The ECS service {DOOMED} is INACTIVE. (INVALID_ECS_SERVICE)"
    assert found["next_step"] == (
        "make the service ACTIVE with the deployment controller CODE_DEPLOY (`make deploy ENV=rehearsal` does that), "
        "then release again"
    )
