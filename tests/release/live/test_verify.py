"""Each thing that makes a release fail, broken for real: `verify` names it with the remedy, and `deploy` heeds it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.loopback.roles import CODEDEPLOY, allow, document, trust
from tests.release.live import told
from tests.release.live.moment import latest, live, until, until_termination_wait

pytestmark = pytest.mark.slow

NAME = "rehearsal"
FUNCTION = "CodeDeployHook_rehearsal"
Run = Callable[..., Any]


def verify(run: Run, *words: str, **environ: str) -> tuple[int, dict[str, dict[str, Any]]]:
    """Return the exit code and the findings by check."""
    ended = run("verify", "--json", *words, **environ)
    events = [json.loads(line) for line in ended.out.splitlines()]
    assert events[-1]["event"] == "verified", ended.out + ended.err
    assert events[-1]["checks"] == len(events) - 1
    return ended.code, {one["check"]: one for one in events[:-1]}


def error(run: Run, check: str, *words: str) -> dict[str, Any]:
    """Verify, which must find exactly one error, and return it."""
    code, findings = verify(run, *words)
    assert [name for name, one in findings.items() if one["level"] == "error"] == [check], findings
    assert code == 1
    assert findings[check]["remedy"]
    return findings[check]


def warning(run: Run, check: str, *words: str, **environ: str) -> dict[str, Any]:
    """Verify, which must find a warning and no error, and return it."""
    code, findings = verify(run, *words, **environ)
    assert code == 0, findings
    assert findings[check]["level"] == "warning", findings[check]
    assert findings[check]["remedy"]
    return findings[check]


def group_of(account: Any) -> Any:
    """Return a way to change the deployment group."""

    def change(**more: Any) -> None:
        account.client("codedeploy").update_deployment_group(
            applicationName=NAME, currentDeploymentGroupName=NAME, **more
        )

    return change


@contextmanager
def pointed(account: Any, listener: str, group: str) -> Iterator[None]:
    """Point a listener at a target group for a while."""
    elbv2, arn = account.client("elbv2"), account.made[listener]
    (before,) = elbv2.describe_listeners(ListenerArns=[arn])["Listeners"]
    elbv2.modify_listener(ListenerArn=arn, DefaultActions=[{"Type": "forward", "TargetGroupArn": group}])
    try:
        yield
    finally:
        kept = [
            {"Type": "forward", "ForwardConfig": {"TargetGroups": one["ForwardConfig"]["TargetGroups"]}}
            for one in before["DefaultActions"]
        ]
        elbv2.modify_listener(ListenerArn=arn, DefaultActions=kept)


def primary_group(account: Any) -> str:
    (service,) = account.client("ecs").describe_services(cluster=NAME, services=[NAME])["services"]
    (primary,) = [one for one in service["taskSets"] if one["status"] == "PRIMARY"]
    return primary["loadBalancers"][0]["targetGroupArn"]


def idle_group(account: Any) -> str:
    groups = {account.made["blue"], account.made["green"]}
    (idle,) = groups - {primary_group(account)}
    return idle


def test_nothing_hinders_a_release_of_a_sound_image(run: Run, fresh: str) -> None:
    code, findings = verify(run, "--image-tag", fresh)
    assert code == 0
    assert {name: one for name, one in findings.items() if one["level"] != "ok"} == {}
    assert "a release changes containerDefinitions of " in findings["change"]["found"]
    assert findings["architecture"]["found"] == "the image is for amd64"
    assert findings["hook-probe"]["found"].endswith("and CodeDeploy; 2 checks, identity proof required")
    assert findings["protection"]["found"] == (
        "CodeDeployDefault.ECSAllAtOnce: the hook at BeforeAllowTraffic, health checks through the test listener"
    )
    shown = run("verify", "--image-tag", fresh)
    assert "ok       deployment          no deployment of rehearsal runs" in shown.out
    assert "nothing hinders a release; 0 of 17 checks warn" in shown.out


def test_a_sound_release_tells_no_finding(run: Run, fresh: str) -> None:
    ended = run("deploy", "--image-tag", fresh, "--json")
    assert ended.code == 0, ended.out
    assert "finding" not in {json.loads(line)["event"] for line in ended.out.splitlines()}


def test_a_production_listener_moved_by_hand_is_an_error_and_deploy_registers_nothing(
    run: Run, account: Any, fresh: str
) -> None:
    number, live_group = latest(account), primary_group(account)
    with pointed(account, "production", idle_group(account)):
        found = error(run, "production-traffic")
        assert "Primary taskset target group must be behind listener" in found["found"]
        assert f"TargetGroupArn={live_group}" in found["remedy"]
        ended = run("deploy", "--image-tag", fresh)
        assert ended.code == 2
        assert ended.err.startswith(
            "bluegreen: nothing was released, for it would fail (`--skip-verify` tries all the same): the production"
        )
        assert "error    production-traffic " in ended.out
        assert latest(account) == number
        tried = run("deploy", "--image-tag", fresh, "--skip-verify")
        assert tried.code == 1
        assert "Primary taskset target group must be behind listener" in tried.out


def test_a_test_listener_moved_by_hand_to_a_strange_group_is_an_error(run: Run, account: Any) -> None:
    elbv2 = account.client("elbv2")
    (strange,) = elbv2.create_target_group(
        Name="strange", Protocol="HTTP", Port=1, VpcId=account.made["vpc"], TargetType="ip"
    )["TargetGroups"]
    with pointed(account, "test", strange["TargetGroupArn"]):
        found = error(run, "listeners")
        assert found["found"] == "the test listener forwards to strange"
        assert found["remedy"] == f"point it at {NAME}-blue or {NAME}-green"
    elbv2.delete_target_group(TargetGroupArn=strange["TargetGroupArn"])


def test_the_test_listener_at_the_live_version_hinders_no_release(run: Run, account: Any) -> None:
    with pointed(account, "test", primary_group(account)):
        assert verify(run)[0] == 0


def test_a_red_alarm_is_an_error_by_name_and_reason(
    run: Run, account: Any, fresh: str, make_alarm_red: Callable[[], None]
) -> None:
    make_alarm_red()
    found = error(run, "alarms")
    assert found["found"].startswith(f"{NAME}: red")
    assert f"--alarm-name {NAME} --state-value OK" in found["remedy"]
    ended = run("deploy", "--image-tag", fresh)
    assert (ended.code, "ALARM" in ended.err) == (2, True)
    assert run("deploy", "--image-tag", fresh, "--skip-verify").code == 1


def test_an_alarm_that_is_not_there_is_a_warning_and_deploy_goes_on(
    run: Run, account: Any, fresh: str, make_alarm_red: Callable[[], None]
) -> None:
    group_of(account)(alarmConfiguration={"enabled": True, "alarms": [{"name": "vanished"}]})
    assert warning(run, "alarms")["found"].endswith("alarms that are not there: vanished")
    ended = run("deploy", "--image-tag", fresh)
    assert ended.code == 0, ended.out + ended.err
    assert "warning  alarms              the deployment group heeds alarms that are not there: vanished" in ended.out


def test_a_deployment_at_the_gate_is_an_error_that_offers_to_continue_it(
    run: Run, account: Any, fresh: str, ready_wait: None
) -> None:
    started = run("deploy", "--image-tag", fresh, "--no-wait", "--json", GITHUB_ACTOR="octocat")
    deployment_id = told.started(started)
    until(account, deployment_id, "Ready")
    found = error(run, "deployment")
    assert f"{NAME} already has an active deployment {deployment_id}" in found["found"]
    assert "started by octocat" in found["found"]
    assert f"`bluegreen continue {deployment_id} --environment {NAME}` ends its wait" in found["remedy"]
    assert run("continue", deployment_id).code == 0
    until(account, deployment_id, "Succeeded")


def test_a_full_termination_wait_is_an_error_that_offers_to_end_it(
    run: Run, account: Any, fresh: str, termination_wait: None
) -> None:
    started = run("deploy", "--image-tag", fresh, "--no-wait", "--json")
    deployment_id = told.started(started)
    until_termination_wait(account, deployment_id)
    number = latest(account)
    found = error(run, "deployment")
    assert "termination wait" in found["found"]
    assert f"`bluegreen continue {deployment_id} --environment {NAME}` ends its wait" in found["remedy"]
    refused = run("deploy", "--image-tag", "blue")
    assert (refused.code, latest(account)) == (2, number)
    assert f"`bluegreen continue {deployment_id} " in refused.err
    assert run("continue", deployment_id).code == 0
    until(account, deployment_id, "Succeeded")
    assert verify(run)[1]["deployment"]["level"] == "ok"


@pytest.fixture
def without_rights(account: Any) -> Iterator[None]:
    """Take from the hook's role the right to ask CodeDeploy."""
    iam = account.client("iam")
    before = iam.get_role_policy(RoleName="hook", PolicyName="own")["PolicyDocument"]
    iam.put_role_policy(RoleName="hook", PolicyName="own", PolicyDocument=document(allow("logs:PutLogEvents")))
    yield
    iam.put_role_policy(RoleName="hook", PolicyName="own", PolicyDocument=json.dumps(before))


def test_a_hook_that_may_not_ask_codedeploy_is_an_error(run: Run, without_rights: None) -> None:
    found = error(run, "hook-probe")
    assert found["found"].startswith("the hook may not ask CodeDeploy: ")
    assert "codedeploy:GetDeployment" in found["remedy"]


@contextmanager
def hook_variables(account: Any, **changed: str) -> Iterator[None]:
    """Change variables of the hook for a while."""
    function = account.client("lambda")
    before = function.get_function_configuration(FunctionName=FUNCTION)["Environment"]["Variables"]
    function.update_function_configuration(FunctionName=FUNCTION, Environment={"Variables": {**before, **changed}})
    try:
        yield
    finally:
        function.update_function_configuration(FunctionName=FUNCTION, Environment={"Variables": before})


def test_a_hook_that_does_not_reach_the_test_listener_is_an_error(run: Run, account: Any) -> None:
    with hook_variables(account, ALB_URL=f"http://{account.made['dns_name']}:8099"):
        found = error(run, "hook-probe")
        assert found["found"].startswith("the hook does not reach the test listener at http://")
        assert "security groups" in found["remedy"]


def test_a_hook_that_asks_the_production_listener_is_an_error(run: Run, account: Any) -> None:
    with hook_variables(account, ALB_URL=f"http://{account.made['dns_name']}:8000"):
        found = error(run, "hook-probe")
        assert found["found"].endswith("it would test the version that is live")


def test_a_hook_with_a_bad_check_list_is_an_error_in_its_own_words(run: Run, account: Any) -> None:
    with hook_variables(account, CHECKS='[{"statuss": 200}]'):
        found = error(run, "hook-probe")
        assert found["found"].startswith("the hook is set up wrongly: CHECKS: ")


def test_a_tag_that_is_not_there_names_those_that_are(run: Run) -> None:
    found = error(run, "image", "--image-tag", "never-pushed")
    assert found["found"].startswith(f"{NAME} has no image never-pushed; the newest tags: ")
    assert "`bluegreen push`" in found["remedy"]


def test_an_image_for_another_machine_is_an_error_and_deploy_refuses_it(run: Run, account: Any, fresh: str) -> None:
    tag, number = f"{fresh}-arm", latest(account)
    account.push(tag, account.service, tag, architecture="arm64")
    found = error(run, "architecture", "--image-tag", tag)
    assert found["found"] == "the image is for arm64, and the tasks run on X86_64 (amd64)"
    ended = run("deploy", "--image-tag", tag)
    assert (ended.code, latest(account)) == (2, number)
    assert "build it for linux/amd64" in ended.err
    assert run("deploy", "--image-tag", tag, "--skip-verify").code == 0


def test_an_image_whose_machine_nobody_names_is_a_warning(run: Run, account: Any, fresh: str) -> None:
    account.push(f"{fresh}-mute", account.service, fresh, architecture="")
    assert warning(run, "architecture", "--image-tag", f"{fresh}-mute")["found"].startswith("cannot tell")


def test_what_is_live_already_is_a_warning(run: Run, account: Any, fresh: str) -> None:
    assert run("deploy", "--image-tag", fresh).code == 0
    found = warning(run, "change", "--image-tag", fresh)
    assert found["found"] == f"{live(account)} is live and already is what would be released"


def test_all_at_once_without_hook_and_test_listener_is_a_warning(run: Run, account: Any) -> None:
    codedeploy, change = account.client("codedeploy"), group_of(account)
    info = codedeploy.get_deployment_group(applicationName=NAME, deploymentGroupName=NAME)["deploymentGroupInfo"]
    (pair,) = info["loadBalancerInfo"]["targetGroupPairInfoList"]
    bare = {name: one for name, one in pair.items() if name != "testTrafficRoute"}
    account.publish(hooks=(), test_listener="")
    change(loadBalancerInfo={"targetGroupPairInfoList": [bare]})
    try:
        found = warning(run, "protection")
        assert "with neither hook nor test listener" in found["found"]
        assert "reported Succeeded" in found["found"]
        assert verify(run, "--config", "CodeDeployDefault.ECSCanary10Percent5Minutes")[1]["protection"]["level"] == "ok"
    finally:
        change(loadBalancerInfo={"targetGroupPairInfoList": [pair]})
        account.publish()


def test_a_service_role_that_codedeploy_cannot_take_is_an_error(run: Run, account: Any) -> None:
    iam = account.client("iam")
    iam.update_assume_role_policy(RoleName="codedeploy", PolicyDocument=trust("ec2.amazonaws.com"))
    try:
        found = error(run, "service-role")
        assert found["found"] == "the service role codedeploy trusts ec2.amazonaws.com, not CodeDeploy"
    finally:
        iam.update_assume_role_policy(RoleName="codedeploy", PolicyDocument=trust(CODEDEPLOY))


def test_a_group_that_is_gone_is_an_error(run: Run, account: Any) -> None:
    account.publish(deployment_group="gone")
    try:
        code, findings = verify(run)
        assert (code, findings["deployment-group"]["found"]) == (1, f"there is no deployment group {NAME}/gone")
    finally:
        account.publish()


def test_a_hook_that_is_gone_is_an_error(run: Run, account: Any) -> None:
    account.publish(hook_function=f"{account.made['hook']}_gone")
    try:
        found = error(run, "hook-state")
        assert found["found"] == f"there is no function {FUNCTION}_gone, and every release asks it"
    finally:
        account.publish()


def test_a_task_set_that_a_stopped_release_left_is_a_warning(
    run: Run, account: Any, fresh: str, ready_wait: None
) -> None:
    started = run("deploy", "--image-tag", fresh, "--no-wait", "--json")
    deployment_id = told.started(started)
    until(account, deployment_id, "Ready")
    assert run("stop", deployment_id, "--no-rollback", "--yes").code == 0
    found = warning(run, "leftovers")
    assert "task sets are left that no deployment needs: " in found["found"]
    (command,) = [part for part in found["remedy"].split("`") if part.startswith("aws ecs delete-task-set")]
    words = command.split()
    account.client("ecs").delete_task_set(cluster=NAME, service=NAME, taskSet=words[-1], force=True)
    assert verify(run)[1]["leftovers"]["level"] == "ok"


@pytest.fixture
def barely_allowed(account: Any) -> dict[str, str]:
    """Return the credentials of a role that may read the release target and the service, and nothing else."""
    iam = account.client("iam")
    role = iam.create_role(RoleName="reader", AssumeRolePolicyDocument=trust("ec2.amazonaws.com"))["Role"]
    some = allow("ssm:GetParameter", "ecs:DescribeServices", "ecs:DescribeTaskDefinition")
    iam.put_role_policy(RoleName="reader", PolicyName="own", PolicyDocument=document(some))
    session = account.client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="reader")["Credentials"]
    return {
        "AWS_ACCESS_KEY_ID": session["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"],
        "AWS_SESSION_TOKEN": session["SessionToken"],
    }


def test_what_may_not_be_read_is_a_warning_and_no_crash(run: Run, barely_allowed: dict[str, str]) -> None:
    code, findings = verify(run, **barely_allowed)
    denied = {name for name, one in findings.items() if one["found"].startswith("could not look: ")}
    assert code == 0
    assert {"deployment", "deployment-group", "listeners", "alarms", "hook-state", "hook-probe"} <= denied
    assert "the credentials may not call Invoke" in findings["hook-probe"]["found"]
    assert findings["template"]["level"] == "ok"


def test_two_images_are_refused(run: Run) -> None:
    ended = run("verify", "--image-tag", "blue", "--image", "nginx:1")
    assert ended.code == 2
    assert ended.err.startswith("bluegreen: name one image: ")
