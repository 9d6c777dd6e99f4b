"""Every unhappy end that the loopback can produce, as its user reads it: the cause, traffic, and the next step."""

from __future__ import annotations

import io
import json
import shlex
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from typing import Any

import pytest

from tests.loopback.roles import CODEDEPLOY, LAMBDA, document, trust
from tests.release.live.moment import LIMIT, live, until

pytestmark = pytest.mark.slow

NAME = "rehearsal"
LOG_GROUP = "/ecs/rehearsal"
CANARY = "CodeDeployDefault.ECSCanary10Percent5Minutes"
"""Unlike all at once, it has the replacement's targets checked before they get traffic."""
LAST_WORDS = "no DATABASE_URL is set"
numbers = count(1)

Run = Callable[..., Any]


def program(*lines: str) -> dict[str, Any]:
    """Let a container of a good image run a shell's lines instead; $HOST is the task's address."""
    return {"entryPoint": ["/bin/sh", "-c", "\n".join(["HOST=${LISTEN_ADDR%:*}", *lines])]}


CRASHES = program(f"echo {LAST_WORDS}", "exit 3")
RUNS_OUT = program("echo eating", "kill -9 $$")
ENDS_WELL = program("echo all done", "exit 0")
NOT_HEALTHY = program(f"exec {shlex.quote(sys.executable)} -m http.server 3000 --bind $HOST")
OTHER_PORT = program(f"exec {shlex.quote(sys.executable)} -m http.server 3999 --bind $HOST")


@pytest.fixture(scope="module")
def log_group(account: Any) -> None:
    with suppress(account.client("logs").exceptions.ResourceAlreadyExistsException):
        account.client("logs").create_log_group(logGroupName=LOG_GROUP)


@pytest.fixture
def register(account: Any, log_group: None) -> Callable[..., str]:
    """Register a revision whose container differs from the template's in what is given; return its ARN."""

    def make(**container: Any) -> str:
        ecs = account.client("ecs")
        template = ecs.describe_task_definition(taskDefinition=account.made["template"])["taskDefinition"]
        (own,) = template["containerDefinitions"]
        options = {"awslogs-group": LOG_GROUP, "awslogs-region": "us-east-1", "awslogs-stream-prefix": "api"}
        # a number of its own makes it a revision of its own
        number = {"name": "NUMBER", "value": str(next(numbers))}
        logged = {"logConfiguration": {"logDriver": "awslogs", "options": options}, "environment": [number]}
        kept = ("family", "networkMode", "requiresCompatibilities", "cpu", "memory")
        return ecs.register_task_definition(
            **{name: template[name] for name in kept}, containerDefinitions=[{**own, **logged, **container}]
        )["taskDefinition"]["taskDefinitionArn"]

    return make


@pytest.fixture
def begin(account: Any) -> Callable[..., str]:
    """Start a deployment past the checks that `deploy` makes before it would; return its id."""

    def start(task_definition: str, *, port: int = 3000, hook: str = "", configuration: str = CANARY) -> str:
        container = {"ContainerName": "rust-api", "ContainerPort": port}
        properties = {"TaskDefinition": task_definition, "LoadBalancerInfo": container}
        appspec = {
            "version": 0.0,
            "Resources": [{"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}],
            "Hooks": [{"BeforeAllowTraffic": hook or account.made["hook"]}],
        }
        return create(account, {"revisionType": "AppSpecContent", "appSpecContent": {"content": json.dumps(appspec)}})

    def create(account: Any, revision: dict[str, Any]) -> str:
        return account.client("codedeploy").create_deployment(
            applicationName=NAME, deploymentGroupName=NAME, deploymentConfigName=CANARY, revision=revision
        )["deploymentId"]

    return start


def events(ended: Any) -> list[dict[str, Any]]:
    assert ended.err == ""
    return [json.loads(line) for line in ended.out.splitlines()]


def outcome(run: Run, account: Any, deployment_id: str, before: str) -> dict[str, Any]:
    """Watch to the end and return the outcome, which says where traffic is: where it was."""
    ended = run("watch", deployment_id, "--json")
    assert ended.code == 1, ended.out
    found = events(ended)[-1]
    assert found["event"] == "outcome"
    assert found["notes"] == []
    assert [share["revision"] for share in found["traffic"]] == [before] == [live(account)]
    assert found["next_step"]
    return found


def stopped_when_told(run: Run, account: Any, deployment_id: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Watch; as soon as there is trouble with the tasks, stop it. Return what was told of it, and the outcome."""
    watched: list[Any] = []
    watch = threading.Thread(target=lambda: watched.append(run("watch", deployment_id, "--json")))
    watch.start()
    codedeploy = account.client("codedeploy")
    deadline = time.monotonic() + LIMIT / 2
    while time.monotonic() < deadline and not failing(account):
        time.sleep(0.1)
    time.sleep(2)  # what the watch sees, it sees at its next look
    codedeploy.stop_deployment(deploymentId=deployment_id, autoRollbackEnabled=True)
    watch.join(LIMIT)
    told = events(watched[0])
    unsteady = [one for one in told if one["event"] == "unsteady"]
    assert unsteady, told
    return unsteady[0], told[-1]


def failing(account: Any) -> bool:
    ecs = account.client("ecs")
    (service,) = ecs.describe_services(cluster=NAME, services=[NAME])["services"]
    sets = [one["id"] for one in service["taskSets"] if one["status"] == "ACTIVE"]
    arns = ecs.list_tasks(cluster=NAME, serviceName=NAME, desiredStatus="STOPPED")["taskArns"]
    tasks = ecs.describe_tasks(cluster=NAME, tasks=arns)["tasks"] if arns else []
    return len([one for one in tasks if one["startedBy"] in sets and one["lastStatus"] == "STOPPED"]) > 1


@pytest.fixture
def patient_checks(account: Any) -> Iterator[None]:
    """Give health checks the time that a busy machine needs: a code is to be told, not a time-out."""

    def modify(interval: int, timeout: int) -> None:
        for side in ("blue", "green"):
            account.client("elbv2").modify_target_group(
                TargetGroupArn=account.made[side],
                HealthCheckIntervalSeconds=interval,
                HealthCheckTimeoutSeconds=timeout,
                UnhealthyThresholdCount=2,
            )

    modify(30, 29)
    yield
    modify(5, 2)


@pytest.mark.parametrize(
    ("container", "cause", "line", "step"),
    [
        (CRASHES, "Essential container in task exited; container rust-api: exit code 3", LAST_WORDS, "its log say"),
        (RUNS_OUT, "exit code 137 (killed, as when memory runs out)", "eating", "`memory` under [task]"),
        (ENDS_WELL, "container rust-api: exit code 0", "all done", "keep the program running"),
        ({"image": "rehearsal:nowhere"}, "CannotPullContainerError", "", "put the image into its registry"),
        (
            {"secrets": [{"name": "KEY", "valueFrom": "/nowhere/key"}]},
            "ResourceInitializationError",
            "",
            "then release again",
        ),
    ],
    ids=["crash", "killed", "ends", "no image", "no secret"],
)
def test_tasks_that_end_are_told_while_codedeploy_waits_with_their_last_lines(
    run: Run,
    account: Any,
    register: Callable[..., str],
    begin: Callable[..., str],
    container: dict[str, Any],
    cause: str,
    line: str,
    step: str,
) -> None:
    before = live(account)
    told, found = stopped_when_told(run, account, begin(register(**container)))
    assert cause in told["reason"]
    assert f"  {line}" in told["details"] or not line
    assert step in told["next_step"]
    assert (found["error_code"], found["status"], found["rollback_status"]) == ("MANUAL_STOP", "Stopped", "Succeeded")
    assert "The deployment was stopped by a user." in found["reason"]
    assert any(cause in one for one in found["details"]), found
    assert f"  {line}" in found["details"] or not line
    assert "CloudTrail" in found["next_step"]
    assert [one["revision"] for one in found["traffic"]] == [before]


@pytest.mark.parametrize(
    ("container", "reason", "step"),
    [
        (NOT_HEALTHY, "Health checks failed with these codes: [404]", "`path` and"),
        (OTHER_PORT, "Health checks failed", "listen on port 3000"),
    ],
    ids=["code", "port"],
)
def test_tasks_that_fail_their_health_checks_are_told_with_the_load_balancers_reason(
    run: Run,
    account: Any,
    register: Callable[..., str],
    begin: Callable[..., str],
    patient_checks: None,
    container: dict[str, Any],
    reason: str,
    step: str,
) -> None:
    told, found = stopped_when_told(run, account, begin(register(**container)))
    assert reason in told["reason"]
    assert step in told["next_step"]
    assert any(reason in one for one in found["details"]), found


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_the_hour_of_install_ends_with_the_crash_as_its_cause(
    run: Run, account: Any, register: Callable[..., str], begin: Callable[..., str]
) -> None:
    before, deployment_id = live(account), begin(register(**CRASHES))
    while run("watch", deployment_id, "--time-limit", "45s").code == 3:
        pass
    found = outcome(run, account, deployment_id, before)
    assert found["error_code"] == "TIMEOUT"
    assert found["reason"].startswith(
        "the replacement's tasks did not become steady: Essential container in task exited; container rust-api: "
        "exit code 3 ("
    )
    assert f"  {LAST_WORDS}" in found["details"]


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


@pytest.fixture
def moved_listener(account: Any) -> Iterator[None]:
    """Point the production listener at a target group without tasks; put it back at the end."""
    elbv2 = account.client("elbv2")
    (listener,) = elbv2.describe_listeners(ListenerArns=[account.made["production"]])["Listeners"]
    before = listener["DefaultActions"]
    (action,) = before
    served = [one for one in action["ForwardConfig"]["TargetGroups"] if one["Weight"]]
    (other,) = {account.made["blue"], account.made["green"]} - {one["TargetGroupArn"] for one in served}
    elbv2.modify_listener(
        ListenerArn=account.made["production"], DefaultActions=[{"Type": "forward", "TargetGroupArn": other}]
    )
    yield
    kept = {"Type": "forward", "ForwardConfig": action["ForwardConfig"]}
    elbv2.modify_listener(ListenerArn=account.made["production"], DefaultActions=[kept])


def test_a_listener_that_was_moved(
    run: Run, account: Any, register: Callable[..., str], begin: Callable[..., str], moved_listener: None
) -> None:
    ended = run("watch", begin(register()), "--json")
    found = events(ended)[-1]
    assert ended.code == 1
    assert found["error_code"] == "ELASTIC_LOAD_BALANCING_INVALID"
    assert "must be behind listener" in found["reason"]
    assert found["next_step"].startswith("point the production listener at the target group of the primary task set")
    assert [one["revision"] for one in found["traffic"]] == [""]


@pytest.fixture
def short_ready_wait(account: Any) -> Iterator[None]:
    """Let a deployment wait for one minute to be continued."""

    def configure(**ready: Any) -> None:
        blue_green = {
            "terminateBlueInstancesOnDeploymentSuccess": {"action": "TERMINATE", "terminationWaitTimeInMinutes": 0},
            "deploymentReadyOption": ready,
        }
        account.client("codedeploy").update_deployment_group(
            applicationName=NAME, currentDeploymentGroupName=NAME, blueGreenDeploymentConfiguration=blue_green
        )

    configure(actionOnTimeout="STOP_DEPLOYMENT", waitTimeInMinutes=1)
    yield
    configure(actionOnTimeout="CONTINUE_DEPLOYMENT")


def test_a_ready_wait_that_nobody_ended(
    run: Run, account: Any, register: Callable[..., str], begin: Callable[..., str], short_ready_wait: None
) -> None:
    found = outcome(run, account, begin(register()), live(account))
    assert (found["status"], found["error_code"]) == ("Stopped", "TIMEOUT")
    assert found["reason"] == "nobody continued it: the ready wait of 1 min is over"
    assert f"`bluegreen continue --environment {NAME}`" in found["next_step"]


def test_an_alarm_that_was_red_before_the_release(
    run: Run,
    account: Any,
    register: Callable[..., str],
    begin: Callable[..., str],
    make_alarm_red: Callable[[], None],
) -> None:
    make_alarm_red()
    found = outcome(run, account, begin(register()), live(account))
    assert (found["status"], found["error_code"]) == ("Stopped", "ALARM_ACTIVE")
    assert found["reason"].startswith(f"an alarm was red already: {NAME}: red (")
    assert "(before this release started)" in found["reason"]
    assert "stops every other one too" in found["next_step"]


@pytest.fixture
def errors_alarm(account: Any) -> Iterator[Callable[[], None]]:
    """Put an alarm that is quiet before every deployment; return what makes it red by its metric."""
    cloudwatch, codedeploy = account.client("cloudwatch"), account.client("codedeploy")
    cloudwatch.put_metric_alarm(
        AlarmName="errors",
        Namespace=NAME,
        MetricName="Errors",
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=5,
        ComparisonOperator="GreaterThanThreshold",
        TreatMissingData="ignore",
    )
    cloudwatch.set_alarm_state(AlarmName="errors", StateValue="OK", StateReason="new")

    def configure(**alarms: Any) -> None:
        codedeploy.update_deployment_group(
            applicationName=NAME, currentDeploymentGroupName=NAME, alarmConfiguration=alarms
        )

    configure(enabled=True, alarms=[{"name": "errors"}])
    yield lambda: cloudwatch.put_metric_data(Namespace=NAME, MetricData=[{"MetricName": "Errors", "Value": 12.0}])
    configure(enabled=False, alarms=[])
    cloudwatch.delete_alarms(AlarmNames=["errors"])


def test_an_alarm_that_goes_red_tells_its_value_and_limit(
    run: Run,
    account: Any,
    register: Callable[..., str],
    begin: Callable[..., str],
    ready_wait: None,
    errors_alarm: Callable[[], None],
) -> None:
    before = live(account)
    deployment_id = begin(register())
    until(account, deployment_id, "Ready")
    errors_alarm()
    found = outcome(run, account, deployment_id, before)
    assert (found["status"], found["error_code"]) == ("Stopped", "ALARM_ACTIVE")
    assert found["reason"].startswith(f"an alarm went red: errors: Sum of {NAME} Errors was 12 (")
    assert "red when more than 5, ALARM since " in found["reason"]
    assert "look at what raised the alarm" in found["next_step"]


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
