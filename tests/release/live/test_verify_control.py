"""The deployment group, its role and alarms, and what the caller may read: `verify` names what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.loopback.roles import CODEDEPLOY, allow, document, trust
from tests.release.live.findings import NAME, Run, error, group_of, verify, warning

pytestmark = pytest.mark.slow


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
