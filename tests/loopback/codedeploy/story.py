"""A small builder: a test is a list of actions, and the log that they lead to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

from moto.core.utils import camelcase_to_underscores

from bluegreen.loopback.clock import ManualClock
from bluegreen.loopback.codedeploy.deployment import Deployment
from bluegreen.loopback.codedeploy.exceptions import Refusal
from bluegreen.loopback.codedeploy.identifiers import Identifiers
from bluegreen.loopback.codedeploy.models import LoopbackCodeDeployBackend
from bluegreen.loopback.codedeploy.operations import OPERATIONS
from bluegreen.loopback.codedeploy.wire import MODEL, present, typed
from tests.loopback.simulation.simulated_account import PRODUCTION, TEST, SimulatedAccount

from .service_model import check_error, check_response

# Hears each operation with its request and its answer, which may be a Refusal.
Watcher = Callable[[str, Any, Any], None]
PATIENCE = 6 * 3600.0
_OPERATIONS = {operation.__name__: operation for operation in OPERATIONS}
_NAMES = {camelcase_to_underscores(name): name for name in MODEL.operation_names}


class Story:
    """CodeDeploy with its engine, in a simulated account, on a clock that moves when told."""

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.account = SimulatedAccount(clock=clock)
        self.backend = LoopbackCodeDeployBackend("us-east-1", "123456789012")
        self.backend.identifiers = Identifiers(_repeatable())
        self.backend.act_in(self.account)
        self.ids: list[str] = []
        self.called: set[str] = set()
        self.watchers: list[Watcher] = []

    def group(self, **changes: Any) -> Story:
        """Create the application and its group; `changes` replace members of the request."""
        self.api("create_application", applicationName="a", computePlatform="ECS")
        self.api("create_deployment_group", **group_request(**changes))
        return self

    def deploy(self, hooks: Mapping[str, str] | None = None, *, port: int = 3000, **changes: Any) -> Story:
        """Create a deployment of the next version, with functions by lifecycle event."""
        version = f"v{len(self.ids) + 2}"
        request = {
            "applicationName": "a",
            "deploymentGroupName": "g",
            "revision": inline(appspec(version, hooks, port=port)),
        }
        self.ids.append(self.api("create_deployment", **{**request, **changes})["deploymentId"])
        return self

    def act(self, action: Callable[[], object]) -> Story:
        """Do something in between."""
        action()
        return self

    def stop(self, **choice: bool) -> Story:
        self.api("stop_deployment", deploymentId=self.id, **choice)
        return self

    def go_on(self, wait: str = "READY_WAIT") -> Story:
        self.api("continue_deployment", deploymentId=self.id, deploymentWaitType=wait)
        return self

    def report(self, status: str, number: int = -1) -> Story:
        """Answer for a hook that was invoked."""
        self.api("put_lifecycle_event_hook_execution_status", **answer(self.account.payloads[number], status))
        return self

    def during(self, event: str) -> Story:
        """Go on until the lifecycle event is in progress."""
        return self.until(lambda: self.events()[event] == "InProgress")

    def status(self, status: str) -> Story:
        """Go on until the deployment has that status."""
        return self.until(lambda: self.info()["status"] == status)

    def waiting(self) -> Story:
        """Go on until the termination wait has begun."""
        return self.until(lambda: self.info()["instanceTerminationWaitTimeStarted"])

    def end(self) -> Story:
        """Go on until the deployment is over."""
        return self.until(lambda: self.deployment.status.terminal)

    def shifts(self) -> list[tuple[int, float]]:
        """Go on through AllowTraffic; return each weight of green with the seconds since the first."""
        self.during("AllowTraffic")
        seen: list[tuple[int, float]] = []
        while self.events()["AllowTraffic"] == "InProgress":
            weight = self.account.weights().get("green", 0)
            if not seen or seen[-1][0] != weight:
                seen.append((weight, self.clock.now()))
            self.tick()
        if seen[-1][0] != 100:
            seen.append((self.account.weights()["green"], self.clock.now()))
        return [(weight, at - seen[0][1]) for weight, at in seen]

    def seconds(self, seconds: float) -> Story:
        """Let AWS seconds pass."""
        until = self.clock.now() + seconds
        return self.until(lambda: self.clock.now() >= until)

    def until(self, holds: Callable[[], object]) -> Story:
        """Go on, a second at a time, until it holds."""
        for _ in range(int(PATIENCE)):
            if holds():
                return self
            self.tick()
        raise AssertionError(f"it never came about; {self.info()}")

    def tick(self, seconds: float = 1.0) -> None:
        """Let the engine step, then time pass, then functions answer."""
        self.backend.engine.step()
        self.clock.advance(seconds)
        due = [one for one in self.account.reports if one[0] <= self.clock.now()]
        self.account.reports = [one for one in self.account.reports if one not in due]
        for _, payload, status in due:
            self.say("put_lifecycle_event_hook_execution_status", **answer(payload, status))

    def api(self, operation: str, **request: Any) -> dict[str, Any]:
        """Call an operation; its request is read and its answer checked as one that comes and goes over HTTP."""
        name = _NAMES[operation]
        self.called.add(name)
        try:
            answer = _OPERATIONS[operation](self.backend, typed(request, MODEL.operation_model(name).input_shape))
        except Refusal as refusal:
            check_error(name, refusal.error_type)
            self._tell(name, request, refusal)
            raise
        check_response(name, present(answer))
        self._tell(name, request, present(answer))
        return answer

    def say(self, operation: str, **request: Any) -> None:
        """Call an operation and write down a refusal, for callers that go on regardless."""
        try:
            self.api(operation, **request)
        except Refusal as refusal:
            self.account.log.append(f"{operation} refused: {refusal.error_type}")

    def _tell(self, name: str, request: Any, answer: Any) -> None:
        for watcher in self.watchers:
            watcher(name, request, answer)

    @property
    def id(self) -> str:
        return self.ids[-1]

    @property
    def log(self) -> list[str]:
        return self.account.log

    @property
    def deployment(self) -> Deployment:
        return self.backend.ledger.deployment(self.id)

    def info(self, deployment_id: str | None = None) -> dict[str, Any]:
        """Return what GetDeployment shows of the last deployment, or of another one."""
        return self.api("get_deployment", deploymentId=deployment_id or self.id)["deploymentInfo"]

    def rollback(self) -> dict[str, Any]:
        """Return what GetDeployment shows of the rollback deployment."""
        return self.info(self.info()["rollbackInfo"]["rollbackDeploymentId"])

    def events(self) -> dict[str, str]:
        """Return the states of the lifecycle events."""
        return {event.name: event.status.value for event in self.deployment.lifecycle}


def group_request(**changes: Any) -> dict[str, Any]:
    """Return a CreateDeploymentGroup request that is right."""
    request: dict[str, Any] = {
        "applicationName": "a",
        "deploymentGroupName": "g",
        "serviceRoleArn": "arn:aws:iam::123456789012:role/codedeploy",
        "deploymentStyle": {"deploymentType": "BLUE_GREEN", "deploymentOption": "WITH_TRAFFIC_CONTROL"},
        "ecsServices": [{"clusterName": "c", "serviceName": "s"}],
        "loadBalancerInfo": pair(),
        "blueGreenDeploymentConfiguration": waits(),
    }
    return {key: value for key, value in {**request, **changes}.items() if value is not None}


def pair(*, names: tuple[str, ...] = ("blue", "green"), test: str | None = TEST) -> dict[str, Any]:
    """Return a loadBalancerInfo."""
    found: dict[str, Any] = {
        "targetGroups": [{"name": name} for name in names],
        "prodTrafficRoute": {"listenerArns": [PRODUCTION]},
    }
    if test:
        found["testTrafficRoute"] = {"listenerArns": [test]}
    return {"targetGroupPairInfoList": [found]}


def waits(*, termination: int = 5, ready: int | None = None) -> dict[str, Any]:
    """Return a blueGreenDeploymentConfiguration, in minutes; `ready` None goes on by itself."""
    option = {"actionOnTimeout": "STOP_DEPLOYMENT", "waitTimeInMinutes": ready}
    return {
        "terminateBlueInstancesOnDeploymentSuccess": {
            "action": "TERMINATE",
            "terminationWaitTimeInMinutes": termination,
        },
        "deploymentReadyOption": {"actionOnTimeout": "CONTINUE_DEPLOYMENT"} if ready is None else option,
    }


def rollback_on(*events: str) -> dict[str, Any]:
    """Return an autoRollbackConfiguration with the events, given without their prefix DEPLOYMENT_."""
    return {"enabled": True, "events": [f"DEPLOYMENT_{event}" for event in events]}


def alarms(*names: str, **members: Any) -> dict[str, Any]:
    """Return an alarmConfiguration."""
    return {"enabled": True, "alarms": [{"name": name} for name in names], **members}


def appspec(task_definition: str, hooks: Mapping[str, str] | None = None, *, port: int = 3000) -> str:
    """Return an AppSpec in JSON."""
    properties = {
        "TaskDefinition": task_definition,
        "LoadBalancerInfo": {"ContainerName": "app", "ContainerPort": port},
    }
    resource = {"TargetService": {"Type": "AWS::ECS::Service", "Properties": properties}}
    entries = [{event: function} for event, function in (hooks or {}).items()]
    return json.dumps({"version": 0.0, "Resources": [resource], "Hooks": entries})


def inline(content: str) -> dict[str, Any]:
    """Return a RevisionLocation with the content."""
    return {"revisionType": "AppSpecContent", "appSpecContent": {"content": content}}


def answer(payload: Mapping[str, str], status: str) -> dict[str, str]:
    """Return the report of a function that got the payload."""
    return {
        "deploymentId": payload["DeploymentId"],
        "lifecycleEventHookExecutionId": payload["LifecycleEventHookExecutionId"],
        "status": status,
    }


def _repeatable() -> Callable[[int], bytes]:
    count = iter(range(1_000_000))
    return lambda size: hashlib.shake_128(str(next(count)).encode()).digest(size)
