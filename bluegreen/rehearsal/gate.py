"""The manual gate: a ready wait on the deployment group, for as long as somebody needs to look around."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bluegreen.release_target import ReleaseTarget

GATE_MINUTES = 60


@contextmanager
def closed(client: Callable[[str], Any], target: ReleaseTarget) -> Iterator[None]:
    """Make deployments wait before the production shift until they are continued; open the gate again afterwards."""
    codedeploy = client("codedeploy")
    names = {"applicationName": target.application}
    group = codedeploy.get_deployment_group(**names, deploymentGroupName=target.deployment_group)
    before = group["deploymentGroupInfo"]["blueGreenDeploymentConfiguration"]
    wait = {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": GATE_MINUTES}

    def put(configuration: dict[str, Any]) -> None:
        codedeploy.update_deployment_group(
            **names,
            currentDeploymentGroupName=target.deployment_group,
            blueGreenDeploymentConfiguration=configuration,
        )

    put({**before, "deploymentReadyOption": wait})
    try:
        yield
    finally:
        put({**before, "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"}})


def move_test_listener_to_live(client: Callable[[str], Any], target: ReleaseTarget) -> str:
    """Do what a hand at the console could: point the test listener at the live target group; return its name."""
    elbv2 = client("elbv2")
    listeners = elbv2.describe_listeners(ListenerArns=[target.production_listener])["Listeners"]
    groups = listeners[0]["DefaultActions"][0]["ForwardConfig"]["TargetGroups"]
    live = max(groups, key=lambda group: group["Weight"])["TargetGroupArn"]
    elbv2.modify_listener(
        ListenerArn=target.test_listener, DefaultActions=[{"Type": "forward", "TargetGroupArn": live}]
    )
    return live.split("/")[1]
