"""A role that would fail on AWS fails here: at the call that lacks its grant, with AWS's words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bluegreen.loopback.server import Loopback
from tests.loopback.roles import CODEDEPLOY, HOOK_LOG, LAMBDA, RELEASES, TASKS, allow, document, make_role

from .live_stage import GROUP, LiveStage
from .story import alarms, appspec, inline, waits

Eventually = Callable[..., None]

NAME, REGION = "releases", "ap-southeast-2"
ECS, ELB = "AmazonECS", "AmazonElasticLoadBalancing"
PASSED = {"StringEquals": {"iam:PassedToService": TASKS}}
AT_ONCE = waits(termination=0)


class Granted:
    """A stage whose service role has one inline policy, which a test can take something from."""

    def __init__(self, stage: LiveStage) -> None:
        self.stage, self.iam = stage, stage.client("iam")
        managed = self.iam.get_policy_version(PolicyArn=RELEASES, VersionId="v3")["PolicyVersion"]["Document"]
        self._calls = managed["Statement"][0]["Action"]
        self.arn = make_role(self.iam, NAME, CODEDEPLOY)
        self.execution, self.task = (make_role(self.iam, name, TASKS) for name in ("execution", "task"))
        self.grant()

    def grant(self, *, without: str = "", passing: list[str] | str = "*", condition: Any = None) -> None:
        """Grant what AWS's managed policy does, without one action, and PassRole for some roles alone."""
        calls = allow(*(action for action in self._calls if action != without))
        roles = {**allow("iam:PassRole", on=passing), "Condition": condition or PASSED}
        given = document(calls, *([] if without == "iam:PassRole" else [roles]))
        self.iam.put_role_policy(RoleName=NAME, PolicyName="own", PolicyDocument=given)

    def definition(self) -> str:
        """Register a task definition that has both roles."""
        known = self.stage.ecs.describe_task_definition(taskDefinition="f")["taskDefinition"]
        names = ("family", "networkMode", "requiresCompatibilities", "cpu", "memory", "containerDefinitions")
        given = {name: known[name] for name in names}
        made = self.stage.ecs.register_task_definition(**given, executionRoleArn=self.execution, taskRoleArn=self.task)
        return made["taskDefinition"]["taskDefinitionArn"]

    def released(self, eventually: Eventually, revision: Any = None, **request: Any) -> dict[str, Any]:
        """Deploy, and return what became of it."""
        revision = revision or inline(appspec(self.definition()))
        started = self.stage.codedeploy.create_deployment(**GROUP, revision=revision, **request)["deploymentId"]
        eventually(lambda: self.stage.info(started)["status"] in ("Succeeded", "Failed", "Stopped"))
        return self.stage.info(started)


@pytest.fixture(scope="module")
def hasty() -> Iterator[Loopback]:
    """A loopback in which an hour takes twelve seconds."""
    with Loopback(minute=0.2) as running:
        yield running


@pytest.fixture(scope="module")
def granted(hasty: Loopback, tmp_path_factory: pytest.TempPathFactory) -> Granted:
    """A service without tasks behind a listener with a rule, and a group whose role can do everything yet."""
    stage = LiveStage(hasty.endpoint, REGION, tmp_path_factory.mktemp("stage"))
    granted = Granted(stage)
    stage.start(tasks=0, serviceRoleArn=granted.arn, blueGreenDeploymentConfiguration=AT_ONCE)
    stage.elb.create_rule(
        ListenerArn=stage.listeners[8000],
        Priority=1,
        Conditions=[{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/new/*"]}}],
        Actions=[{"Type": "forward", "TargetGroupArn": stage.target_groups["blue"]}],
    )
    return granted


@pytest.fixture(autouse=True)
def everything(granted: Granted) -> Iterator[None]:
    """Leave the role as it was."""
    yield
    granted.grant()


def _words(service: str) -> str:
    role = f"arn:aws:iam::123456789012:role/{NAME}"
    grants = "does not give you permission to perform operations in the following AWS service"
    return f"The IAM role {role} {grants}: {service}."


@pytest.mark.parametrize(
    ("action", "service"),
    [
        ("ecs:DescribeServices", ECS),
        ("elasticloadbalancing:DescribeTargetGroups", ELB),
        ("elasticloadbalancing:DescribeListeners", ELB),
        ("elasticloadbalancing:DescribeRules", ELB),
        ("ecs:CreateTaskSet", ECS),
        ("iam:PassRole", ECS),
        ("elasticloadbalancing:ModifyListener", ELB),
        ("elasticloadbalancing:ModifyRule", ELB),
        ("ecs:UpdateServicePrimaryTaskSet", ECS),
        ("ecs:DeleteTaskSet", ECS),
    ],
)
def test_a_release_fails_at_the_call_that_is_not_granted(
    granted: Granted, eventually: Eventually, action: str, service: str
) -> None:
    granted.grant(without=action)
    info = granted.released(eventually)
    assert (info["status"], info["errorInformation"]["code"]) == ("Failed", "IAM_ROLE_PERMISSIONS")
    assert info["errorInformation"]["message"] == _words(service)


def test_a_role_with_all_of_it_releases(granted: Granted, eventually: Eventually) -> None:
    assert granted.released(eventually)["status"] == "Succeeded"


def test_exactly_the_roles_of_the_task_definition_have_to_be_passed(granted: Granted, eventually: Eventually) -> None:
    both = [granted.execution, granted.task]
    for passing in (both[:1], both[1:]):
        granted.grant(passing=passing)
        assert granted.released(eventually)["errorInformation"]["message"] == _words(ECS)
    granted.grant(passing=both, condition={"StringEquals": {"iam:PassedToService": LAMBDA}})
    assert granted.released(eventually)["errorInformation"]["message"] == _words(ECS)
    granted.grant(passing=both)
    assert granted.released(eventually)["status"] == "Succeeded"


def test_a_task_definition_without_roles_passes_none(granted: Granted, eventually: Eventually) -> None:
    granted.grant(without="iam:PassRole")
    assert granted.released(eventually, inline(appspec(granted.stage.version("plain"))))["status"] == "Succeeded"


def test_a_hook_that_may_not_be_invoked_fails_its_event_at_once(granted: Granted, eventually: Eventually) -> None:
    granted.grant(without="lambda:InvokeFunction")
    hooks = {"BeforeInstall": "CodeDeployHook_nobody"}
    info = granted.released(eventually, inline(appspec(granted.definition(), hooks)))
    assert info["errorInformation"]["message"] == _words("AWSLambda")
    assert granted.stage.events(info["deploymentId"])["BeforeInstall"] == "Failed"


def test_a_hook_that_does_not_exist_fails_its_event_at_once(granted: Granted, eventually: Eventually) -> None:
    for function in ("CodeDeployHook_nobody", "CodeDeployHook_nobody:live"):
        info = granted.released(eventually, inline(appspec(granted.definition(), {"BeforeInstall": function})))
        assert info["errorInformation"]["code"] == "INVALID_LAMBDA_FUNCTION"
        assert granted.stage.events(info["deploymentId"])["BeforeInstall"] == "Failed"


def test_alarms_that_may_not_be_read_stop_a_release(granted: Granted, eventually: Eventually) -> None:
    granted.grant(without="cloudwatch:DescribeAlarms")
    info = granted.released(eventually, overrideAlarmConfiguration=alarms("errors"))
    assert (info["status"], info["errorInformation"]["code"]) == ("Stopped", "ALARM_ACTIVE")
    assert "is not authorized to perform: cloudwatch:DescribeAlarms" in info["errorInformation"]["message"]


def test_a_revision_that_may_not_be_read_fails_before_anything_is_touched(
    granted: Granted, eventually: Eventually
) -> None:
    s3 = granted.stage.client("s3")
    s3.create_bucket(Bucket="revisions", CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_object(Bucket="revisions", Key="appspec.yaml", Body=appspec(granted.definition()).encode())
    location = {"bucket": "revisions", "key": "appspec.yaml", "bundleType": "YAML"}
    revision = {"revisionType": "S3", "s3Location": location}
    granted.grant(without="s3:GetObject")
    assert granted.released(eventually, revision)["errorInformation"]["message"] == _words("AmazonS3")
    granted.grant()
    assert granted.released(eventually, revision)["status"] == "Succeeded"


def test_a_group_needs_a_role_that_codedeploy_can_take(granted: Granted) -> None:
    errors, change = granted.stage.codedeploy.exceptions, granted.stage.codedeploy.update_deployment_group
    group = {"applicationName": "a", "currentDeploymentGroupName": "g"}
    for role in (f"{granted.arn}-which-is-not-there", granted.task):
        with pytest.raises(errors.InvalidRoleException, match=r"Cannot assume role provided\."):
            change(**group, serviceRoleArn=role)
    blind = make_role(granted.iam, "blind", CODEDEPLOY)
    words = (
        "Could not load ECS service information for cluster: c, service: s. Cause: User: .*:assumed-role/blind/.* is "
        "not authorized to perform: ecs:DescribeServices on resource: .*:service/c/s because no identity-based policy"
    )
    with pytest.raises(errors.InvalidECSServiceException, match=words):
        change(**group, serviceRoleArn=blind)


def test_a_role_that_codedeploy_can_take_no_more_fails_the_release(granted: Granted, eventually: Eventually) -> None:
    trusted = granted.iam.get_role(RoleName=NAME)["Role"]["AssumeRolePolicyDocument"]
    other = {**trusted, "Statement": [{**trusted["Statement"][0], "Principal": {"Service": LAMBDA}}]}
    granted.iam.update_assume_role_policy(RoleName=NAME, PolicyDocument=json.dumps(other))
    error = granted.released(eventually)["errorInformation"]
    granted.iam.update_assume_role_policy(RoleName=NAME, PolicyDocument=json.dumps(trusted))
    assert error["code"] == "IAM_ROLE_MISSING"
    assert error["message"] == f"The service role {granted.arn} cannot be accessed."
    assert granted.released(eventually)["status"] == "Succeeded"


def test_a_hook_that_may_not_report_is_a_silent_hour_and_a_line_in_its_log(
    granted: Granted, eventually: Eventually
) -> None:
    stage = granted.stage
    function = stage.function("Succeeded")
    mute = make_role(granted.iam, "mute", LAMBDA, attached=HOOK_LOG)
    stage.client("lambda").update_function_configuration(FunctionName=function, Role=mute)
    stage.gate.touch()
    revision = inline(appspec(granted.definition(), {"BeforeInstall": function}))
    release = stage.codedeploy.create_deployment(**GROUP, revision=revision)["deploymentId"]
    logs = stage.client("logs")
    group = f"/aws/lambda/{function}"
    eventually(lambda: logs.describe_log_groups(logGroupNamePrefix=group)["logGroups"])
    refusal = (
        f"User: arn:aws:sts::123456789012:assumed-role/mute/{function} is not authorized to perform: "
        f"codedeploy:PutLifecycleEventHookExecutionStatus on resource: "
        f"arn:aws:codedeploy:{REGION}:123456789012:deploymentgroup:a/g because no identity-based policy allows"
    )
    eventually(lambda: refusal in str(logs.filter_log_events(logGroupName=group)["events"]))
    assert stage.events(release)["BeforeInstall"] == "InProgress"
    eventually(lambda: stage.info(release)["status"] == "Failed", 30)
    assert stage.info(release)["errorInformation"]["code"] == "TIMEOUT"
