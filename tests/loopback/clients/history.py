"""A configuration that knows nothing of this project: applied, released to, changed and destroyed."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.loopback.clients.environment import REGION
from tests.loopback.clients.hand_written import HandWritten, Result
from tests.loopback.codedeploy.live_stage import REPOSITORY, LiveStage
from tests.loopback.codedeploy.story import appspec, inline
from tests.loopback.program import Program

GROUP = {"applicationName": "hand", "deploymentGroupName": "hand"}
GROUP_RESOURCE = "aws_codedeploy_deployment_group.this"
CHANGE = {
    "termination_wait": 2,
    "alarms": ["hand-errors"],
    "rollback_events": ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM"],
}


@dataclass(frozen=True, kw_only=True)
class History:
    """What each step said, in the order of the steps."""

    created: Result
    then: Result
    released: dict[str, Any]
    after_release: Result
    careless: Result
    carelessly_applied: Result
    visitors: int
    next_release: dict[str, Any]
    change: Result
    changed: dict[str, Any]
    applied: Result
    group: dict[str, Any]
    at_last: Result
    destroyed: Result
    left: list[str]


class Account:
    """What others than Terraform do in the account."""

    def __init__(self, program: Program, folder: Path, eventually: Callable[..., None]) -> None:
        self._live = LiveStage(program.endpoint, REGION, folder)
        self._eventually = eventually
        self._live.version("1")

    def release(self, version: str) -> dict[str, Any]:
        """Deploy a new version over the API; return the deployment once it is over."""
        codedeploy = self._live.codedeploy
        revision = inline(appspec(self._live.version(version)))
        made = codedeploy.create_deployment(**GROUP, revision=revision)["deploymentId"]
        self._eventually(lambda: self._live.info(made)["status"] in ("Succeeded", "Failed", "Stopped"), 30)
        return self._live.info(made)

    def repair(self, outputs: dict[str, Any]) -> None:
        """Point production at green again, where the tasks are."""
        shares = {"green": 100, "blue": 0}
        groups = [{"TargetGroupArn": outputs["target_groups"][name], "Weight": shares[name]} for name in shares]
        actions = [{"Type": "forward", "ForwardConfig": {"TargetGroups": groups}}]
        self._live.elb.modify_listener(ListenerArn=outputs["production"]["listener"], DefaultActions=actions)
        self._live.elb.modify_rule(RuleArn=outputs["production"]["rule"], Actions=actions)

    def group(self) -> dict[str, Any]:
        return self._live.codedeploy.get_deployment_group(**GROUP)["deploymentGroupInfo"]

    def left(self) -> list[str]:
        """Return what is there and was not there at the beginning."""
        of = self._live.client
        configurations = of("codedeploy").list_deployment_configs()["deploymentConfigsList"]
        return [
            *(one["VpcId"] for one in of("ec2").describe_vpcs()["Vpcs"] if not one["IsDefault"]),
            *(one["LoadBalancerArn"] for one in of("elbv2").describe_load_balancers()["LoadBalancers"]),
            *(one["TargetGroupArn"] for one in of("elbv2").describe_target_groups()["TargetGroups"]),
            *(one["RoleName"] for one in of("iam").list_roles()["Roles"]),
            *(one["AlarmName"] for one in of("cloudwatch").describe_alarms()["MetricAlarms"]),
            *(one["TopicArn"] for one in of("sns").list_topics()["Topics"]),
            *of("ecs").list_clusters()["clusterArns"],
            *of("ecs").list_task_definitions(familyPrefix="hand", status="ACTIVE")["taskDefinitionArns"],
            *of("codedeploy").list_applications()["applications"],
            *(name for name in configurations if not name.startswith("CodeDeployDefault.")),
        ]


def status(address: str) -> int:
    """Return the status that a visitor gets."""
    try:
        with urllib.request.urlopen(f"http://{address}:8000/", timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def play(program: Program, environ: Mapping[str, str], folder: Path, eventually: Callable[..., None]) -> History:
    """Go through it all, in `folder`."""
    account = Account(program, folder, eventually)
    image = {"TF_VAR_image": f"{REPOSITORY}:1"}
    ours = HandWritten(folder / "ours", {**environ, **image}).start()
    created, then = ours.create(), ours.plan()
    outputs = ours.outputs()
    released = account.release("2")
    theirs = ours.careless(folder / "theirs")
    with ThreadPoolExecutor() as both:
        after_release, careless = both.map(HandWritten.plan, (ours, theirs))
    carelessly_applied = theirs.apply()
    visitors, next_release = status(outputs["address"]), account.release("3")
    account.repair(outputs)
    change = ours.plan(**CHANGE)
    changed, applied = ours.changed(GROUP_RESOURCE), ours.apply()
    group, at_last = account.group(), ours.plan(**CHANGE)
    return History(
        created=created,
        then=then,
        released=released,
        after_release=after_release,
        careless=careless,
        carelessly_applied=carelessly_applied,
        visitors=visitors,
        next_release=next_release,
        change=change,
        changed=changed,
        applied=applied,
        group=group,
        at_last=at_last,
        destroyed=ours.destroy(),
        left=account.left(),
    )
